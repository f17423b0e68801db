-- One row per listed day that holds a load id more than once: how many such ids, and their rows. None is right.
-- Slot: days.
select
  cast(dt as varchar) as dt,
  cast(count(*) as bigint) as load_ids,
  cast(sum(row_count) as bigint) as row_count
from (
  select dt, load_id, count(*) as row_count
  from events
  where dt in (:days)
  group by dt, load_id
  having count(*) > 1
) doubled
group by dt
order by dt nulls last
