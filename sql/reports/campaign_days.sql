-- One row per day, campaign and medium of the period.
-- Parameters: first and last day, both included.
select
  cast(dt as varchar) as dt,
  cast(campaign as varchar) as campaign,
  cast(medium as varchar) as medium,
  cast(sum(at_least) as bigint) as at_least,
  cast(sum(at_most) as bigint) as at_most,
  cast(sum(loads) as bigint) as loads
from campaign_daily
where dt between ? and ?
group by dt, campaign, medium
order by dt nulls last, campaign nulls last, medium nulls last
