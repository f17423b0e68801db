-- One row per load and day: its name as reports show it, stage B, and what it counts as.
-- Cut it by dt: every window and join below is within a day, so only the asked days are read.
with
-- Loads whose campaign the edge did not know share one name. Opt-outs carry no `registered`, but the mode if it was known.
named as (
  select
    events.*,
    coalesce(registered, mode is not null) as known,
    case when coalesce(registered, mode is not null) then coalesce(campaign, '(none)') else '(unregistered)' end as shown,
    loaded_ms - loaded_ms % 60000 as minute_ms,
    -- Relays, mail proxies and gateways carry many people: what comes through them is no burst of one machine.
    case
      when class in ('likely_human', 'unknown')
        and ' ' || coalesce(flags, '') || ' ' not like '% relay %'
        and ' ' || coalesce(flags, '') || ' ' not like '% mailproxy %'
        and ' ' || coalesce(flags, '') || ' ' not like '% gateway %'
      then network
    end as own_network
  from events
  where class <> 'dropped'
),
-- Networks that asked for many copies of one campaign within a minute.
bursts as (
  select busy.dt, busy.campaign, busy.own_network, busy.minute_ms
  from (
    -- From events, not from named: a CTE that is read twice is written out in whole by DuckDB, day after day.
    select
      dt, campaign, network as own_network, loaded_ms - loaded_ms % 60000 as minute_ms,
      count(distinct message) as messages
    from events
    where network is not null
      and class in ('likely_human', 'unknown')
      and ' ' || coalesce(flags, '') || ' ' not like '% relay %'
      and ' ' || coalesce(flags, '') || ' ' not like '% mailproxy %'
      and ' ' || coalesce(flags, '') || ' ' not like '% gateway %'
    group by dt, campaign, network, loaded_ms - loaded_ms % 60000
    -- The smallest threshold there can be: few groups are left to compare with the day's own.
    having count(distinct message) > 1
  ) busy
  inner join settings on busy.dt between settings.from_day and settings.until_day
  where busy.messages >= settings.burst_messages
),
judged as (
  select
    named.*,
    case when bursts.dt is not null then 'automated' else named.class end as effective_class,
    case when bursts.dt is not null then 'scanner' else named.kind end as effective_kind,
    -- A browser's name in a burst is a disguise.
    case when bursts.dt is null then named.agent end as effective_agent,
    case when bursts.dt is not null then 'low' else named.confidence end as effective_confidence,
    case when bursts.dt is not null then 'burst' else named.reasons end as effective_reasons,
    case
      when not named.known then ''
      when named.message is not null then 'message'
      when named.visitor is not null and named.medium in ('page', 'document') then 'visitor'
      else ''
    end as unit
  from named
  left join bursts
    on bursts.dt = named.dt
    and bursts.campaign = named.campaign
    and bursts.own_network = named.own_network
    and bursts.minute_ms = named.minute_ms
),
placed as (
  select
    judged.*,
    -- A load without a unit stands alone, so that the windows below stay small.
    case unit when 'message' then message when 'visitor' then visitor else load_id end as unit_id,
    case
      when effective_class = 'likely_human' then 'at_least'
      when effective_class = 'proxied' and effective_kind = 'at_display' then 'at_least'
      when effective_class in ('proxied', 'unknown') then 'at_most'
      when effective_class = 'prefetch' and effective_kind = 'mailbox' then 'at_most'
      else 'neither'
    end as tier
  from judged
),
ranked as (
  select
    placed.*,
    row_number() over (
      partition by dt, campaign, unit, unit_id
      -- at_least, at_most, neither: the names happen to sort from best to worst.
      order by tier nulls last, loaded_ms nulls last, load_id nulls last
    ) as place,
    row_number() over (
      partition by dt, campaign, unit, unit_id
      order by loaded_ms nulls last, load_id nulls last
    ) as seq
  from placed
)
select
  cast(dt as varchar) as dt,
  cast(load_id as bigint) as load_id,
  cast(loaded_ms as bigint) as loaded_ms,
  cast(timestamp '1970-01-01 00:00:00' + (cast(loaded_ms as double) / 1000) * interval '1' second as timestamp(3)) as loaded_at,
  cast(shown as varchar) as campaign,
  cast(case when known then medium end as varchar) as medium,
  cast(case when known then source end as varchar) as source,
  cast(case when known then content end as varchar) as content,
  cast(mode as varchar) as mode,
  cast(known as boolean) as registered,
  cast(asset as varchar) as asset,
  cast(recipient as varchar) as recipient,
  cast(message as bigint) as message,
  cast(visitor as bigint) as visitor,
  cast(network as bigint) as network,
  cast(effective_class as varchar) as effective_class,
  cast(effective_kind as varchar) as effective_kind,
  cast(effective_agent as varchar) as effective_agent,
  cast(effective_confidence as varchar) as effective_confidence,
  cast(effective_reasons as varchar) as effective_reasons,
  cast(tier as varchar) as tier,
  cast(unit as varchar) as unit,
  cast(case when unit <> '' then place = 1 end as boolean) as first,
  cast(case when unit <> '' then seq end as bigint) as seq,
  cast(class as varchar) as class,
  cast(kind as varchar) as kind,
  cast(agent as varchar) as agent,
  cast(confidence as varchar) as confidence,
  cast(reasons as varchar) as reasons,
  cast(flags as varchar) as flags,
  cast(country as varchar) as country,
  cast(asn as integer) as asn,
  cast(device as varchar) as device,
  cast(user_agent as varchar) as user_agent,
  cast(method as varchar) as method,
  cast(referer_host as varchar) as referer_host,
  cast(edge_location as varchar) as edge_location,
  cast(status as integer) as status,
  cast(cache_result as varchar) as cache_result,
  cast(signals as varchar) as signals,
  cast(ruleset as varchar) as ruleset,
  cast(parser as integer) as parser,
  cast(log_object as varchar) as log_object
from ranked
