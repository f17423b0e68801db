-- One row per day and reason: what became of the log lines. Reason '' holds the loads, the others dropped lines.
select
  cast(dt as varchar) as dt,
  cast(reason as varchar) as reason,
  cast(sum(lines) as bigint) as lines,
  cast(sum(loads) as bigint) as loads,
  cast(coalesce(sum(loads) filter (where class = 'invalid'), 0) as bigint) as invalid,
  cast(coalesce(sum(loads) filter (where not registered), 0) as bigint) as unregistered
from daily
where lines > 0
group by dt, reason
