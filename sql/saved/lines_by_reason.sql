-- One row per day and reason: which log lines became loads, and why the others were dropped.
-- Parameters: first and last day, both included, in quotes. Reason '' holds the loads.
select
  cast(dt as varchar) as dt,
  cast(reason as varchar) as reason,
  cast(lines as bigint) as lines,
  cast(loads as bigint) as loads,
  cast(invalid as bigint) as invalid,
  cast(unregistered as bigint) as unregistered
from data_quality
where dt between ? and ?
order by dt nulls last, reason nulls last
