-- One row of figures: whether events holds what the listed files brought. Right means missing = 0 and doubled = 0.
-- Slots: days, files. Run before the insert, missing says how many rows it will add.
select
  cast(coalesce(sum(f.row_count), 0) as bigint) as fresh_rows,
  cast(count(f.load_id) as bigint) as fresh_loads,
  cast(count(*) filter (where f.load_id is not null and e.load_id is null) as bigint) as missing,
  cast(count(*) filter (where e.row_count > 1) as bigint) as doubled
from (
  select dt, load_id, count(*) as row_count
  from fresh
  where dt in (:days) and "$path" in (:files)
  group by dt, load_id
) f
full outer join (
  select dt, load_id, count(*) as row_count
  from events
  where dt in (:days)
  group by dt, load_id
) e on e.dt = f.dt and e.load_id = f.load_id
