-- One row per reason of the period: reason '' holds the loads, the others dropped lines.
-- Parameters: first and last day, both included.
select
  cast(reason as varchar) as reason,
  cast(sum(lines) as bigint) as lines,
  cast(sum(loads) as bigint) as loads
from data_quality
where dt between ? and ?
group by reason
order by lines desc nulls last, reason nulls last
