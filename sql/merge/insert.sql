-- Brings the rows of the listed fresh files into events: one row per dt and load_id, only where not there yet.
-- Slots: days of the rows, files that hold them; sealed_day and aged_day, the last ones whose rows come without hashes and
-- without user agents; lives, campaigns whose copies are still counted over their lives. Rows of another day are left
-- alone. Run again, it adds nothing.
merge into events t
using (
  select
    load_id, loaded_ms, lines, campaign, medium, source, content, mode, registered, asset, recipient, message,
    visitor, network, class, kind, agent, confidence, reasons, flags, country, asn, device, user_agent, method,
    referer_host, edge_location, status, cache_result, signals, input_id, ruleset, parser, log_object, dt
  from (
    select
      load_id, loaded_ms, lines, campaign, medium, source, content, mode, registered, asset, recipient,
      -- A sealed day knows its copies and visitors by numbers, among which a late hash has no place.
      case when dt > :sealed_day or mode = 'imported' or campaign in (:lives) then message end as message,
      case when dt > :sealed_day or mode = 'imported' then visitor end as visitor,
      case when dt > :sealed_day or mode = 'imported' then network end as network,
      class, kind, agent, confidence, reasons, flags, country, asn, device,
      case when dt > :aged_day then user_agent end as user_agent,
      method, referer_host, edge_location, status, cache_result,
      case when dt > :aged_day then signals end as signals,
      case when dt > :aged_day then input_id end as input_id,
      ruleset, parser, log_object, dt,
      row_number() over (
        partition by dt, load_id
        order by
          ruleset desc nulls last, parser desc nulls last, log_object nulls last,
          -- Only files that repeat a log object get this far; their rows differ by nothing that matters.
          "$path" nulls last, loaded_ms nulls last, input_id nulls last, status nulls last, lines nulls last
      ) as place
    from fresh
    where dt in (:days) and "$path" in (:files)
  ) candidates
  where place = 1
) s
on t.dt = s.dt and t.load_id = s.load_id and t.dt in (:days)
when not matched then insert (
  load_id, loaded_ms, lines, campaign, medium, source, content, mode, registered, asset, recipient, message, visitor,
  network, class, kind, agent, confidence, reasons, flags, country, asn, device, user_agent, method, referer_host,
  edge_location, status, cache_result, signals, input_id, ruleset, parser, log_object, dt
) values (
  s.load_id, s.loaded_ms, s.lines, s.campaign, s.medium, s.source, s.content, s.mode, s.registered, s.asset,
  s.recipient, s.message, s.visitor, s.network, s.class, s.kind, s.agent, s.confidence, s.reasons, s.flags, s.country,
  s.asn, s.device, s.user_agent, s.method, s.referer_host, s.edge_location, s.status, s.cache_result, s.signals,
  s.input_id, s.ruleset, s.parser, s.log_object, s.dt
)
