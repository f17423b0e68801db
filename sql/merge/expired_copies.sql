-- One row per campaign whose copies are counted though no day of it is kept in daily.
-- Slots: first_day, last_day: days whose counts are kept.
select distinct cast(o.campaign as varchar) as campaign
from copies o
left join (
  select distinct campaign
  from daily
  where dt between :first_day and :last_day
) d on d.campaign = o.campaign
where d.campaign is null
order by campaign nulls last
