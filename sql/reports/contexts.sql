-- One row per medium and unit of the period.
-- Parameters: first and last day, both included.
select
  cast(medium as varchar) as medium,
  cast(unit as varchar) as unit,
  cast(sum(at_least) as bigint) as at_least,
  cast(sum(at_most) as bigint) as at_most,
  cast(sum(loads) as bigint) as loads,
  cast(sum(loads_at_least) as bigint) as loads_at_least,
  cast(sum(loads_at_most) as bigint) as loads_at_most,
  cast(sum(automated) as bigint) as automated
from context_daily
where dt between ? and ?
group by medium, unit
order by at_most desc nulls last, loads desc nulls last, medium nulls last, unit nulls last
