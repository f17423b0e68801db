-- One row per input and flags of the listed days that other rules judged and that has no verdict of these rules yet.
-- Slots: days, ruleset. So many at most at a time: who asks again gets others once the first have their verdicts.
select
  cast(e.input_id as bigint) as input_id,
  cast(coalesce(e.flags, '') as varchar) as flags_before,
  -- An input is a hash of these, so each has one value.
  cast(min(e.user_agent) as varchar) as user_agent,
  cast(min(e.asn) as integer) as asn,
  cast(min(e.country) as varchar) as country,
  cast(min(e.method) as varchar) as method,
  cast(min(e.referer_host) as varchar) as referer_host,
  cast(min(e.signals) as varchar) as signals
from events e
left join verdicts v
  on v.input_id = e.input_id and v.flags_before = coalesce(e.flags, '') and v.ruleset = :ruleset
where e.dt in (:days)
  and e.input_id is not null
  and coalesce(e.ruleset, '') <> :ruleset
  and v.input_id is null
group by e.input_id, coalesce(e.flags, '')
order by 1 nulls last, 2 nulls last
limit 50000
