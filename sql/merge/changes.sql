-- Keeps what a re-classification is about to change: loads by class before and after, one row per change, day, both
-- rulesets and class. Slots: days, ruleset, moment. Run again, it writes nothing: what it would count may be done already.
merge into changes t
using (
  with moved as (
    select
      e.dt,
      coalesce(e.ruleset, '') as ruleset_before,
      e.class as class_before,
      v.class as class_after,
      count(*) as loads
    from events e
    inner join verdicts v
      on v.input_id = e.input_id and v.flags_before = coalesce(e.flags, '') and v.ruleset = :ruleset
    where e.dt in (:days) and coalesce(e.ruleset, '') <> :ruleset
    group by e.dt, coalesce(e.ruleset, ''), e.class, v.class
  ),
  sides as (
    select dt, ruleset_before, class_before as class, loads as loads_before, 0 as loads_after
    from moved
    union all
    select dt, ruleset_before, class_after, 0, loads
    from moved
  )
  select
    cast(:moment as bigint) as changed_ms,
    cast(dt as varchar) as dt,
    cast(ruleset_before as varchar) as ruleset_before,
    cast(:ruleset as varchar) as ruleset,
    cast(class as varchar) as class,
    cast(sum(loads_before) as bigint) as loads_before,
    cast(sum(loads_after) as bigint) as loads_after
  from sides
  group by dt, ruleset_before, class
) s
on t.dt in (:days)
and t.dt = s.dt
and t.changed_ms = s.changed_ms
and t.ruleset_before = s.ruleset_before
and t.ruleset = s.ruleset
and t.class = s.class
when not matched then insert (changed_ms, ruleset_before, ruleset, class, loads_before, loads_after, dt)
values (s.changed_ms, s.ruleset_before, s.ruleset, s.class, s.loads_before, s.loads_after, s.dt)
