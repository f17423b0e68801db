-- One row per campaign, source and content: which placement of a campaign was displayed.
-- Parameters: first and last day, both included, in quotes. Figures below the small number of the config are left empty.
with small as (select max(small_number) as number from settings),
placed as (
  select
    campaign,
    source,
    content,
    coalesce(sum(firsts) filter (where tier = 'at_least'), 0) as at_least,
    coalesce(sum(firsts) filter (where tier in ('at_least', 'at_most')), 0) as at_most,
    sum(loads) as loads
  from daily
  where dt between ? and ? and class not in ('invalid', 'dropped') and loads > 0
  group by campaign, source, content
)
select
  cast(campaign as varchar) as campaign,
  cast(source as varchar) as source,
  cast(content as varchar) as content,
  cast(case when at_most >= number then at_least end as bigint) as at_least,
  cast(case when at_most >= number then at_most end as bigint) as at_most,
  cast(loads as bigint) as loads
from placed cross join small
order by campaign nulls last, at_most desc nulls last, source nulls last, content nulls last
