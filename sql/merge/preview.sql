-- What the verdicts of these rules would change on the listed days: one row per campaign as reports name it, rules
-- before, class and kind before and after, and reasons after. Slots: days, ruleset.
select
  cast(
    case when coalesce(e.registered, e.mode is not null) then coalesce(e.campaign, '(none)') else '(unregistered)' end
    as varchar
  ) as campaign,
  cast(coalesce(e.ruleset, '') as varchar) as ruleset_before,
  cast(e.class as varchar) as class_before,
  cast(coalesce(e.kind, '') as varchar) as kind_before,
  cast(v.class as varchar) as class_after,
  cast(coalesce(v.kind, '') as varchar) as kind_after,
  cast(v.reasons as varchar) as reasons,
  cast(count(*) as bigint) as loads,
  -- Beside class and kind.
  cast(
    count(*) filter (
      where coalesce(e.agent, '') <> coalesce(v.agent, '')
        or coalesce(e.confidence, '') <> coalesce(v.confidence, '')
        or coalesce(e.reasons, '') <> coalesce(v.reasons, '')
        or coalesce(e.flags, '') <> coalesce(v.flags, '')
        or coalesce(e.device, '') <> coalesce(v.device, '')
    ) as bigint
  ) as reworded
from events e
inner join verdicts v
  on v.input_id = e.input_id and v.flags_before = coalesce(e.flags, '') and v.ruleset = :ruleset
where e.dt in (:days) and coalesce(e.ruleset, '') <> :ruleset
group by 1, 2, 3, 4, 5, 6, 7
order by 1 nulls last, 2 nulls last, 3 nulls last, 4 nulls last, 5 nulls last, 6 nulls last, 7 nulls last
