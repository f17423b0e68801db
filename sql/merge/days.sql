-- One row per listed file and day: where the rows of fresh files belong.
-- Slot: files. It finds the days, so it has none to be cut by; fresh files are few and leave after the merge.
select
  cast("$path" as varchar) as file,
  cast(dt as varchar) as dt,
  cast(count(*) as bigint) as row_count
from fresh
where "$path" in (:files)
group by "$path", dt
order by dt nulls last, file nulls last
