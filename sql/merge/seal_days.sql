-- One row per day that holds hashes which are to be numbers: a number is at most the rows of its day, a hash has 63 bits.
-- Slots: first_day, last_day: sealed days that are kept; modes of the rows that are looked at.
select cast(e.dt as varchar) as dt
from events e
left join campaigns c on c.campaign = e.campaign
where e.dt between :first_day and :last_day
  and coalesce(e.mode, '') in (:modes)
group by e.dt
having max(abs(e.visitor)) > count(*)
  or max(abs(e.network)) > count(*)
  -- Copies over a campaign's life are numbered when it is over: seal_lives.
  or max(case when e.mode = 'imported' or coalesce(c.copies, 'day') <> 'campaign' then abs(e.message) end) > count(*)
order by dt nulls last
