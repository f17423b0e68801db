-- One row per set of rules that classified loads of the period.
-- Parameters: first and last day, both included.
select
  cast(ruleset as varchar) as ruleset,
  cast(min(dt) as varchar) as first_day,
  cast(max(dt) as varchar) as last_day,
  cast(sum(loads) as bigint) as loads
from daily
where dt between ? and ? and loads > 0
group by ruleset
order by first_day nulls last, ruleset nulls last
