-- Keeps CloudFront's own counts of requests, one row per day and hour. Counts grow for a while and never shrink.
-- Slots: days, hours. Run again it writes nothing.
merge into requests t
using (
  select
    cast(hour_ms as bigint) as hour_ms,
    cast(requests as bigint) as requests,
    cast(dt as varchar) as dt
  from (
    values :hours
  ) as numbers (hour_ms, requests, dt)
) s
on t.dt in (:days)
and t.dt = s.dt
and t.hour_ms = s.hour_ms
when matched and t.requests < s.requests then update set requests = s.requests
when not matched then insert (hour_ms, requests, dt) values (s.hour_ms, s.requests, s.dt)
