-- One row per day, campaign and token: when a document was loaded under a token that its reader agreed to.
-- Automated loads are left out. Access is no proof that anything was read.
select
  cast(dt as varchar) as dt,
  cast(campaign as varchar) as campaign,
  cast(recipient as varchar) as recipient,
  cast(min(loaded_at) as timestamp(3)) as first_load,
  cast(max(loaded_at) as timestamp(3)) as last_load,
  cast(count(*) as bigint) as loads,
  cast(count(*) filter (where tier = 'at_least') as bigint) as loads_at_least
from loads
where recipient is not null and medium = 'document' and tier <> 'neither'
group by dt, campaign, recipient
