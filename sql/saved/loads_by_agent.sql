-- One row per class, kind and agent: who loaded the images without a reader, and how often.
-- Parameters: first and last day, both included, in quotes.
select
  cast(class as varchar) as class,
  cast(kind as varchar) as kind,
  cast(agent as varchar) as agent,
  cast(sum(loads) as bigint) as loads
from automated_daily
where dt between ? and ?
group by class, kind, agent
order by loads desc nulls last, class nulls last, kind nulls last, agent nulls last
