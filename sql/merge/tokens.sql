-- One row per recipient token on the listed days: what forgotten ones are looked for in.
-- Slot: days.
select distinct cast(recipient as varchar) as recipient
from events
where dt in (:days) and recipient is not null
order by recipient nulls last
