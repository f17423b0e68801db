-- Gives the loads of the listed days the verdicts of these rules. Rows without an input are left alone.
-- Slots: days, ruleset. Run again, it finds nothing: what has these rules is left alone too.
merge into events t
using (
  select input_id, flags_before, class, kind, agent, confidence, reasons, flags, device, ruleset
  from verdicts
  where ruleset = :ruleset
) s
on t.dt in (:days)
and t.input_id = s.input_id
and coalesce(t.flags, '') = s.flags_before
and coalesce(t.ruleset, '') <> s.ruleset
when matched then update set
  class = s.class,
  kind = s.kind,
  agent = s.agent,
  confidence = s.confidence,
  reasons = s.reasons,
  flags = s.flags,
  device = s.device,
  ruleset = s.ruleset
