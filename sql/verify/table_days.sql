-- One row per day of events or daily: rows of the first, lines of the second. A day that events no longer has was expired.
-- Slots: first_day, last_day.
with days as (
  select dt, count(*) as event_rows, 0 as daily_lines
  from events
  where dt between :first_day and :last_day
  group by dt
  union all
  select dt, 0, sum(lines)
  from daily
  where dt between :first_day and :last_day and lines > 0
  group by dt
)
select
  cast(dt as varchar) as dt,
  cast(sum(event_rows) as bigint) as event_rows,
  cast(sum(daily_lines) as bigint) as daily_lines
from days
group by dt
order by dt nulls last
