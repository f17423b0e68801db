-- One row per re-classification that touched days of the period, with the rules before and after.
-- Parameters: first and last day, both included.
select
  cast(changed_ms as bigint) as changed_ms,
  cast(ruleset_before as varchar) as ruleset_before,
  cast(ruleset as varchar) as ruleset,
  cast(min(dt) as varchar) as first_day,
  cast(max(dt) as varchar) as last_day
from changes
where dt between ? and ?
group by changed_ms, ruleset_before, ruleset
order by changed_ms nulls last, ruleset_before nulls last, ruleset nulls last
