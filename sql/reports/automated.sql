-- One row per kind and agent of loads that count towards neither tier: machines, and loads that are invalid.
-- Parameters: first and last day, both included.
select
  cast(kind as varchar) as kind,
  cast(agent as varchar) as agent,
  cast(sum(loads) as bigint) as loads
from automated_daily
where dt between ? and ?
group by kind, agent
order by loads desc nulls last, kind nulls last, agent nulls last
