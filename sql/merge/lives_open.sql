-- One row per campaign whose copies are still counted over its life: its key, or the time for late logs after it, is not over.
-- Slots: first_day, last_day: sealed days that are kept; sealed_day, the last of them; life_day, as long before it as a key lives.
select cast(c.campaign as varchar) as campaign
from campaigns c
left join (
  select campaign, min(dt) as first_dt
  from events
  where dt between :first_day and :last_day
    and message is not null
    and mode <> 'imported'
  group by campaign
) e on e.campaign = c.campaign
where c.copies = 'campaign'
  and (c.ends is null or c.ends > :sealed_day)
  and (e.first_dt is null or e.first_dt > :life_day)
order by campaign nulls last
