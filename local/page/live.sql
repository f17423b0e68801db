-- The newest loads since the page server started, newest first.
-- Parameters: day of the start, and its milliseconds.
select
  load_id, loaded_ms, campaign, mode, user_agent, asn, country, method, referer_host, signals, flags,
  effective_class as class, effective_kind as kind, effective_agent as agent,
  effective_confidence as confidence, effective_reasons as reasons, tier, unit, first
from loads
where dt >= ? and loaded_ms >= cast(? as bigint)
order by loaded_ms desc, load_id
limit 50
