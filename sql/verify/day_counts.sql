-- One row per day and ruleset: what the counts hold of the days asked for. The ruleset '' holds dropped lines.
-- Slots: first_day, last_day.
select
  cast(dt as varchar) as dt,
  cast(ruleset as varchar) as ruleset,
  cast(sum(lines) as bigint) as lines,
  cast(sum(loads) as bigint) as loads
from daily
where dt between :first_day and :last_day and lines > 0
group by dt, ruleset
order by dt nulls last, ruleset nulls last
