-- Counts the firsts of a campaign's first 72 hours, by hour and tier, for the listed days into hourly. Cells that vanished
-- become 0. Slots: days, first_day, last_day. A campaign whose sending began at no known time has none.
merge into hourly t
using (
  with counted as (
    select
      l.dt,
      l.campaign,
      l.loaded_ms - l.loaded_ms % 3600000 as hour_ms,
      l.tier,
      cast(count(*) as bigint) as firsts
    from loads l
    inner join campaigns c on c.campaign = l.campaign
    -- The range as well: DuckDB carries a range to both reads of events, a list only to one.
    where l.dt in (:days)
      and l.dt between :first_day and :last_day
      and l.first
      and l.loaded_ms >= c.sent_from_ms
      and l.loaded_ms < c.sent_from_ms + 259200000
    group by 1, 2, 3, 4
  )
  select
    coalesce(n.dt, o.dt) as dt,
    coalesce(n.campaign, o.campaign) as campaign,
    coalesce(n.hour_ms, o.hour_ms) as hour_ms,
    coalesce(n.tier, o.tier) as tier,
    cast(coalesce(n.firsts, 0) as bigint) as firsts
  from counted n
  full outer join (select * from hourly where dt in (:days)) o
    on n.dt = o.dt and n.campaign = o.campaign and n.hour_ms = o.hour_ms and n.tier = o.tier
) s
on t.dt in (:days)
and t.dt = s.dt
and t.campaign = s.campaign
and t.hour_ms = s.hour_ms
and t.tier = s.tier
when matched and t.firsts <> s.firsts then update set firsts = s.firsts
when not matched then insert (campaign, hour_ms, tier, firsts, dt)
values (s.campaign, s.hour_ms, s.tier, s.firsts, s.dt)
