-- One row per day, campaign, class, kind and agent of loads that count towards neither tier, invalid ones included.
select
  cast(dt as varchar) as dt,
  cast(campaign as varchar) as campaign,
  cast(class as varchar) as class,
  cast(kind as varchar) as kind,
  cast(agent as varchar) as agent,
  cast(sum(loads) as bigint) as loads
from daily
where tier = 'neither' and loads > 0
group by dt, campaign, class, kind, agent
