-- One row per day, medium and unit: what each context shows, all campaigns together.
select
  cast(dt as varchar) as dt,
  cast(medium as varchar) as medium,
  cast(unit as varchar) as unit,
  cast(sum(direct) as bigint) as direct,
  cast(sum(at_display) as bigint) as at_display,
  cast(sum(regardless) as bigint) as regardless,
  cast(sum(unknown) as bigint) as unknown,
  cast(sum(at_least) as bigint) as at_least,
  cast(sum(at_most) as bigint) as at_most,
  cast(sum(loads) as bigint) as loads,
  cast(sum(loads_at_least) as bigint) as loads_at_least,
  cast(sum(loads_at_most) as bigint) as loads_at_most,
  cast(sum(automated) as bigint) as automated,
  cast(sum(repeats) as bigint) as repeats
from campaign_daily
group by dt, medium, unit
