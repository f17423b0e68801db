-- One row per campaign that is no longer counted over its life and still holds hashes of copies, with the ends of its days.
-- Slots: first_day, last_day: sealed days that are kept; lives, campaigns that are still counted.
select
  cast(e.campaign as varchar) as campaign,
  cast(min(e.dt) as varchar) as first_dt,
  cast(max(e.dt) as varchar) as last_dt
from events e
inner join campaigns c on c.campaign = e.campaign
where e.dt between :first_day and :last_day
  and c.copies = 'campaign'
  and e.mode <> 'imported'
  and e.message is not null
  and e.campaign not in (:lives)
group by e.campaign
having max(e.message) > count(*)
order by campaign nulls last
