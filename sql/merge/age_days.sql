-- One row per day that still holds what stage A judged, though it is too old to be classified again.
-- Slots: first_day, last_day: days that are kept and that old.
select cast(dt as varchar) as dt
from events
where dt between :first_day and :last_day
group by dt
having count(user_agent) + count(signals) + count(input_id) > 0
order by dt nulls last
