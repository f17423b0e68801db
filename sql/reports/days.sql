-- One row per day of the period that has loads: displays by their parts, all campaigns together.
-- Parameters: first and last day, both included.
select
  cast(dt as varchar) as dt,
  cast(sum(direct) as bigint) as direct,
  cast(sum(at_display) as bigint) as at_display,
  cast(sum(regardless) as bigint) as regardless,
  cast(sum(unknown) as bigint) as unknown,
  cast(sum(at_least) as bigint) as at_least,
  cast(sum(at_most) as bigint) as at_most,
  cast(sum(loads) as bigint) as loads,
  cast(sum(automated) as bigint) as automated
from campaign_daily
where dt between ? and ?
group by dt
order by dt nulls last
