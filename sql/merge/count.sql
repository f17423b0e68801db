-- Recounts the listed days from the view loads and the dropped lines of events into daily. Cells that vanished become 0.
-- Slots: days, first_day, last_day. Counts that did not change are left alone, so run again it writes nothing.
merge into daily t
using (
  with
  cells as (
    select
      dt,
      campaign,
      coalesce(medium, '') as medium,
      coalesce(source, '') as source,
      coalesce(content, '') as content,
      coalesce(mode, '') as mode,
      registered,
      effective_class as class,
      coalesce(effective_kind, '') as kind,
      coalesce(effective_agent, '') as agent,
      tier,
      coalesce(country, '') as country,
      coalesce(device, '') as device,
      unit,
      coalesce(ruleset, '') as ruleset,
      cast(count(*) as bigint) as loads,
      cast(count(*) filter (where first) as bigint) as firsts
    from loads
    -- The range as well: DuckDB carries a range to both reads of events, a list only to one.
    where dt in (:days) and dt between :first_day and :last_day
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  ),
  -- Sources and contents are free text: a campaign keeps its 1,000 busiest pairs of a day, the rest is one.
  weighed as (
    select cells.*, sum(loads) over (partition by dt, campaign, source, content) as pair_loads
    from cells
  ),
  placed as (
    select
      weighed.*,
      dense_rank() over (
        partition by dt, campaign
        order by pair_loads desc nulls last, source nulls last, content nulls last
      ) as place
    from weighed
  ),
  -- A replay by a newer parser supersedes what an older one dropped of the same object.
  newest as (
    select dt, log_object, max(parser) as parser
    from events
    where dt in (:days)
    group by dt, log_object
  ),
  counted as (
    select
      dt, campaign, medium,
      case when place > 1000 then '(other)' else source end as source,
      case when place > 1000 then '(other)' else content end as content,
      mode, registered, class, kind, agent, tier, country, device, unit, ruleset, '' as reason,
      sum(loads) as loads, sum(firsts) as firsts, sum(loads) as lines
    from placed
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    union all
    select
      e.dt, '', '', '', '', '', false, 'dropped', '', '', '', '', '', '', '', coalesce(e.reasons, ''),
      0, 0, sum(e.lines)
    from events e
    inner join newest on newest.dt = e.dt and newest.log_object = e.log_object and newest.parser = e.parser
    where e.dt in (:days) and e.class = 'dropped'
    group by e.dt, coalesce(e.reasons, '')
  )
  select
    coalesce(n.campaign, o.campaign) as campaign,
    coalesce(n.medium, o.medium) as medium,
    coalesce(n.source, o.source) as source,
    coalesce(n.content, o.content) as content,
    coalesce(n.mode, o.mode) as mode,
    coalesce(n.registered, o.registered) as registered,
    coalesce(n.class, o.class) as class,
    coalesce(n.kind, o.kind) as kind,
    coalesce(n.agent, o.agent) as agent,
    coalesce(n.tier, o.tier) as tier,
    coalesce(n.country, o.country) as country,
    coalesce(n.device, o.device) as device,
    coalesce(n.unit, o.unit) as unit,
    coalesce(n.ruleset, o.ruleset) as ruleset,
    coalesce(n.reason, o.reason) as reason,
    coalesce(n.dt, o.dt) as dt,
    cast(coalesce(n.loads, 0) as bigint) as loads,
    cast(coalesce(n.firsts, 0) as bigint) as firsts,
    cast(coalesce(n.lines, 0) as bigint) as lines
  from counted n
  full outer join (select * from daily where dt in (:days)) o
    on n.dt = o.dt
    and n.campaign = o.campaign
    and n.medium = o.medium
    and n.source = o.source
    and n.content = o.content
    and n.mode = o.mode
    and n.registered = o.registered
    and n.class = o.class
    and n.kind = o.kind
    and n.agent = o.agent
    and n.tier = o.tier
    and n.country = o.country
    and n.device = o.device
    and n.unit = o.unit
    and n.ruleset = o.ruleset
    and n.reason = o.reason
) s
on t.dt in (:days)
and t.dt = s.dt
and t.campaign = s.campaign
and t.medium = s.medium
and t.source = s.source
and t.content = s.content
and t.mode = s.mode
and t.registered = s.registered
and t.class = s.class
and t.kind = s.kind
and t.agent = s.agent
and t.tier = s.tier
and t.country = s.country
and t.device = s.device
and t.unit = s.unit
and t.ruleset = s.ruleset
and t.reason = s.reason
when matched and (t.loads <> s.loads or t.firsts <> s.firsts or t.lines <> s.lines) then
  update set loads = s.loads, firsts = s.firsts, lines = s.lines
when not matched then insert (
  campaign, medium, source, content, mode, registered, class, kind, agent, tier, country, device, unit, ruleset,
  reason, loads, firsts, lines, dt
) values (
  s.campaign, s.medium, s.source, s.content, s.mode, s.registered, s.class, s.kind, s.agent, s.tier, s.country,
  s.device, s.unit, s.ruleset, s.reason, s.loads, s.firsts, s.lines, s.dt
)
