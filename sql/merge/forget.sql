-- Takes the listed tokens, and every hash beside them, out of the rows of the listed days. The loads stay.
-- Slots: days, tokens. Run again, it finds nothing.
update events
set recipient = null, message = null, visitor = null, network = null
where dt in (:days) and recipient in (:tokens)
