-- Keeps the verdicts of these rules, one row per input and flags before. Slots: ruleset, inputs, verdicts: many inputs
-- share few verdicts, so each of those is written once. Run again, it writes nothing.
merge into verdicts t
using (
  select
    cast(inputs.input_id as bigint) as input_id,
    cast(inputs.flags_before as varchar) as flags_before,
    cast(said.class as varchar) as class,
    cast(said.kind as varchar) as kind,
    cast(said.agent as varchar) as agent,
    cast(said.confidence as varchar) as confidence,
    cast(said.reasons as varchar) as reasons,
    cast(said.flags as varchar) as flags,
    cast(said.device as varchar) as device,
    cast(:ruleset as varchar) as ruleset
  from (
    values :inputs
  ) as inputs (input_id, flags_before, place)
  inner join (
    values :verdicts
  ) as said (place, class, kind, agent, confidence, reasons, flags, device)
    on said.place = inputs.place
) s
on t.input_id = s.input_id and t.flags_before = s.flags_before and t.ruleset = s.ruleset
when not matched then insert (
  input_id, flags_before, class, kind, agent, confidence, reasons, flags, device, ruleset
) values (
  s.input_id, s.flags_before, s.class, s.kind, s.agent, s.confidence, s.reasons, s.flags, s.device, s.ruleset
)
