-- Labels of all loads of the simulated days, stage B included.
-- Parameters: first and last day, both included.
select
  cast(load_id as varchar) as load_id,
  effective_class as class
from loads
where dt between ? and ?
