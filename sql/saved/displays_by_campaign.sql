-- One row per campaign, medium and unit: how many displays each campaign had, at least and at most.
-- Parameters: first and last day, both included, in quotes. Figures below the small number of the config are left empty.
with small as (select max(small_number) as number from settings)
select
  cast(campaign as varchar) as campaign,
  cast(medium as varchar) as medium,
  cast(unit as varchar) as unit,
  cast(case when sum(at_most) >= max(number) then sum(at_least) end as bigint) as at_least,
  cast(case when sum(at_most) >= max(number) then sum(at_most) end as bigint) as at_most,
  cast(sum(loads) as bigint) as loads,
  cast(sum(automated) as bigint) as automated
from campaign_daily cross join small
where dt between ? and ?
group by campaign, medium, unit
order by at_most desc nulls last, loads desc nulls last, campaign nulls last, medium nulls last, unit nulls last
