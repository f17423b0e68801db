-- One row per log object that brought rows of the days asked for.
-- Slots: first_day, last_day.
select distinct
  cast(log_object as varchar) as log_object
from events
where dt between :first_day and :last_day
order by log_object nulls last
