-- Takes user agents, signals and the hash of both out of the rows of the listed days.
-- Slot: days. Run again, it finds nothing.
update events
set user_agent = null, signals = null, input_id = null
where dt in (:days) and (user_agent is not null or signals is not null or input_id is not null)
