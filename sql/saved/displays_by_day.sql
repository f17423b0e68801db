-- One row per day and campaign: on which days each campaign was displayed.
-- Parameters: first and last day, both included, in quotes. Figures below the small number of the config are left empty.
with small as (select max(small_number) as number from settings)
select
  cast(dt as varchar) as dt,
  cast(campaign as varchar) as campaign,
  cast(case when sum(at_most) >= max(number) then sum(at_least) end as bigint) as at_least,
  cast(case when sum(at_most) >= max(number) then sum(at_most) end as bigint) as at_most,
  cast(sum(loads) as bigint) as loads
from campaign_daily cross join small
where dt between ? and ?
group by dt, campaign
order by dt nulls last, campaign nulls last
