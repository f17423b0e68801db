-- One row per campaign whose copies are counted over its life and that was loaded on the listed days: the ends of those.
-- Slot: days. Loads that lost their nonce count as well: their campaign may have a copy less than before.
-- Imports hash nonces with keys of a day, so their copies cannot be told apart over days.
select
  cast(e.campaign as varchar) as campaign,
  cast(min(e.dt) as varchar) as first_day,
  cast(max(e.dt) as varchar) as last_day
from events e
inner join campaigns c on c.campaign = e.campaign
where e.dt in (:days)
  and e.mode <> 'imported'
  and c.copies = 'campaign'
group by e.campaign
order by campaign nulls last
