-- Labels of the loads of the simulated days, stage B included. Of opted-out loads and of campaigns switched off nothing
-- is kept that a label could be held against.
-- Parameters: first and last day, both included.
select
  cast(load_id as varchar) as load_id,
  effective_class as class
from loads
where dt between ? and ?
  and coalesce(mode, '') <> 'off'
  and ' ' || coalesce(flags, '') || ' ' not like '% gpc %'
  and ' ' || coalesce(flags, '') || ' ' not like '% dnt %'
