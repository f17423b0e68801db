-- Numbers visitors, networks and messages of the listed days within day and campaign, in place of their hashes: every count
-- stays the same, and nothing links them to anything. Numbers of imports are negative, since their hashes had another key.
-- Slots: days, modes of the rows. Run again, it writes nothing.
merge into events t
using (
  select
    dt,
    load_id,
    sign * dense_rank() over (partition by dt, campaign order by first_of_visitor nulls last) as visitor,
    sign * dense_rank() over (partition by dt, campaign order by first_of_network nulls last) as network,
    sign * dense_rank() over (partition by dt, campaign order by first_of_message nulls last) as message,
    first_of_visitor is not null as has_visitor,
    first_of_network is not null as has_network,
    first_of_message is not null as has_message,
    counts_days
  from (
    select
      e.dt,
      e.load_id,
      e.campaign,
      case when e.mode = 'imported' then -1 else 1 end as sign,
      e.mode = 'imported' or coalesce(c.copies, 'day') <> 'campaign' as counts_days,
      -- In the order of their loads' random ids: the order of the hashes would tell something to who once had the key.
      case when e.visitor is not null then min(e.load_id) over (partition by e.dt, e.campaign, e.visitor) end as first_of_visitor,
      case when e.network is not null then min(e.load_id) over (partition by e.dt, e.campaign, e.network) end as first_of_network,
      case when e.message is not null then min(e.load_id) over (partition by e.dt, e.campaign, e.message) end as first_of_message
    from events e
    left join campaigns c on c.campaign = e.campaign
    where e.dt in (:days) and coalesce(e.mode, '') in (:modes)
  ) firsts
) s
on t.dt in (:days) and t.dt = s.dt and t.load_id = s.load_id
when matched and (
  (s.has_visitor and t.visitor <> s.visitor)
  or (s.has_network and t.network <> s.network)
  or (s.has_message and s.counts_days and t.message <> s.message)
) then update set
  visitor = case when s.has_visitor then s.visitor end,
  network = case when s.has_network then s.network end,
  message = case when s.has_message and s.counts_days then s.message else t.message end
