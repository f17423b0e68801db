-- One row per day, campaign, medium and unit: displays by their parts, and loads.
-- Displays are firsts of the first two tiers; a row without a unit has loads only. Invalid loads are left out.
select
  cast(dt as varchar) as dt,
  cast(campaign as varchar) as campaign,
  cast(medium as varchar) as medium,
  cast(unit as varchar) as unit,
  cast(coalesce(sum(firsts) filter (where class = 'likely_human'), 0) as bigint) as direct,
  cast(coalesce(sum(firsts) filter (where class = 'proxied' and tier = 'at_least'), 0) as bigint) as at_display,
  cast(coalesce(sum(firsts) filter (where class <> 'unknown' and tier = 'at_most'), 0) as bigint) as regardless,
  cast(coalesce(sum(firsts) filter (where class = 'unknown'), 0) as bigint) as unknown,
  cast(coalesce(sum(firsts) filter (where tier = 'at_least'), 0) as bigint) as at_least,
  cast(coalesce(sum(firsts) filter (where tier in ('at_least', 'at_most')), 0) as bigint) as at_most,
  cast(sum(loads) as bigint) as loads,
  cast(coalesce(sum(loads) filter (where tier = 'at_least'), 0) as bigint) as loads_at_least,
  cast(coalesce(sum(loads) filter (where tier in ('at_least', 'at_most')), 0) as bigint) as loads_at_most,
  cast(coalesce(sum(loads) filter (where tier = 'neither'), 0) as bigint) as automated,
  cast(coalesce(sum(loads - firsts) filter (where tier in ('at_least', 'at_most') and unit <> ''), 0) as bigint) as repeats
from daily
where class not in ('invalid', 'dropped') and loads > 0
group by dt, campaign, medium, unit
