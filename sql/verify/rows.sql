-- One row per listed load id that events has on the listed days: what is left of an object that no row names.
-- Slots: days, ids.
select distinct
  cast(load_id as bigint) as load_id
from events
where dt in (:days) and load_id in (:ids)
order by load_id nulls last
