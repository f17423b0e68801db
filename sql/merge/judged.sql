-- One row per day: its loads that other rules judged, and those that no rules can judge again.
-- Slots: ruleset, first_day, last_day.
select
  cast(dt as varchar) as dt,
  cast(count(*) filter (where input_id is not null and coalesce(ruleset, '') <> :ruleset) as bigint) as outdated,
  cast(count(*) filter (where input_id is null) as bigint) as bare
from events
where dt between :first_day and :last_day and class <> 'dropped'
group by dt
order by dt nulls last
