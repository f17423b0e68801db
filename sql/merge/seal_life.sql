-- Numbers the copies of the listed campaigns over the whole of their lives, in place of their hashes.
-- Slots: campaigns, first_day, last_day: days that hold the whole of their lives. Run again, it writes nothing.
merge into events t
using (
  select
    dt,
    load_id,
    dense_rank() over (partition by campaign order by first_of_message nulls last) as message
  from (
    select dt, load_id, campaign, min(load_id) over (partition by campaign, message) as first_of_message
    from events
    where dt between :first_day and :last_day
      and campaign in (:campaigns)
      and mode <> 'imported'
      and message is not null
  ) firsts
) s
on t.dt between :first_day and :last_day and t.dt = s.dt and t.load_id = s.load_id
when matched and t.message <> s.message then update set message = s.message
