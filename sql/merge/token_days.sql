-- One row per day that holds loads of the listed tokens, with their number.
-- Slots: tokens, first_day, last_day: every day that is kept.
select
  cast(dt as varchar) as dt,
  cast(count(*) as bigint) as loads
from events
where dt between :first_day and :last_day and recipient in (:tokens)
group by dt
order by dt nulls last
