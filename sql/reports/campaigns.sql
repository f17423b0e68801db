-- One row per campaign, medium and unit of the period. Loads of an opt-out stand under medium '' and unit ''.
-- Parameters: first and last day, both included.
select
  cast(campaign as varchar) as campaign,
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
  cast(sum(repeats) as bigint) as repeats,
  cast(min(dt) as varchar) as first_day,
  cast(max(dt) as varchar) as last_day
from campaign_daily
where dt between ? and ?
group by campaign, medium, unit
order by at_most desc nulls last, loads desc nulls last, campaign nulls last, medium nulls last, unit nulls last
