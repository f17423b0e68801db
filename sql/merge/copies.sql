-- Recounts the copies of the listed campaigns over their lives into copies. Cells that vanished become 0.
-- Slots: campaigns, first_day, last_day: days that hold the whole of their lives. Run again, it writes nothing.
merge into copies t
using (
  with
  -- at_least, at_most, neither: the names happen to sort from best to worst.
  best as (
    select campaign, message, min(tier) as tier
    from loads
    where dt between :first_day and :last_day
      and campaign in (:campaigns)
      and message is not null
      and mode <> 'imported'
    group by campaign, message
  ),
  counted as (
    select campaign, tier, count(*) as messages
    from best
    group by campaign, tier
  )
  select
    coalesce(n.campaign, o.campaign) as campaign,
    coalesce(n.tier, o.tier) as tier,
    cast(coalesce(n.messages, 0) as bigint) as messages
  from counted n
  full outer join (select * from copies where campaign in (:campaigns)) o
    on n.campaign = o.campaign and n.tier = o.tier
) s
on t.campaign in (:campaigns) and t.campaign = s.campaign and t.tier = s.tier
when matched and t.messages <> s.messages then update set messages = s.messages
when not matched then insert (campaign, tier, messages) values (s.campaign, s.tier, s.messages)
