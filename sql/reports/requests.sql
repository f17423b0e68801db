-- One row: requests that CloudFront counted in the period; null where none is known.
-- Parameters: first and last day, both included.
select
  cast(sum(requests) as bigint) as requests
from requests
where dt between ? and ?
