-- Takes the counts of the listed campaigns out of copies, which has no days.
-- Slot: campaigns. Run again, it finds nothing.
delete from copies
where campaign in (:campaigns)
