-- Readers who agreed to be seen opening a campaign's document, the newest first.
-- Parameters: first day, campaign.
select
  recipient,
  cast(epoch_ms(first_load) as bigint) as first_ms,
  cast(epoch_ms(last_load) as bigint) as last_ms,
  loads
from document_access
where dt >= ? and campaign = ?
order by last_load desc, recipient
limit 10
