import { mkdirSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/** The same job as a user would write it in SQL: read the logs, label each distinct user agent, write zstd Parquet. */
const LABELS = `case
    when ua = 'Mozilla/5.0' then 'proxied'
    when regexp_matches(ua, 'GoogleImageProxy|YahooMailProxy') then 'proxied'
    when regexp_matches(ua, '(?i)bot|crawl|spider|robot|curl|wget|python|java/|headless|preview|scan') then 'automated'
    when regexp_matches(ua, 'Outlook|ms-office|Thunderbird|AppleWebKit|Gecko|Chrome|Safari') then 'likely_human'
    else 'unknown' end`;

const JOBS = {
  legacy: {
    columns: 33,
    select: `epoch_ms(strptime(c0 || ' ' || c1, '%Y-%m-%d %H:%M:%S')) as loaded_ms, hash(c14) as load_id, c2 as edge_location,
      regexp_extract(c11, 'utm_campaign=([^&]*)', 1) as campaign, regexp_extract(c11, 'utm_medium=([^&]*)', 1) as medium,
      regexp_extract(c11, 'utm_source=([^&]*)', 1) as source, regexp_extract(c11, 'utm_content=([^&]*)', 1) as content,
      hash(regexp_replace(c4, '[.:][^.:]*$', '') || c0) as network, hash(c4 || c10 || c0) as visitor,
      hash(regexp_extract(c11, '&n=([^&]*)', 1)) as message, c5 as method, try_cast(c8 as integer) as status,
      c13 as cache_result, c9 as referer, c0 as dt`,
    ua: 'c10',
    load: "c7 = '/p.gif'",
  },
  v2: {
    columns: 11,
    select: `try_cast(c0 as bigint) as loaded_ms, hash(c1) as load_id, try_cast(c2 as integer) as asn, c3 as country, c4 as edge_location,
      regexp_extract(c10, 'campaign=([^&]*)', 1) as campaign, regexp_extract(c10, 'medium=([^&]*)', 1) as medium,
      regexp_extract(c10, 'source=([^&]*)', 1) as source, regexp_extract(c10, 'content=([^&]*)', 1) as content,
      regexp_extract(c10, 'mode=([^&]*)', 1) as mode, regexp_extract(c10, 'visitor=([^&]*)', 1) as visitor,
      regexp_extract(c10, 'network=([^&]*)', 1) as network, regexp_extract(c10, 'message=([^&]*)', 1) as message,
      c5 as method, try_cast(c7 as integer) as status, c8 as cache_result, regexp_extract(c10, 'day=([^&]*)', 1) as dt`,
    ua: 'c9',
    load: "c6 = '/p.gif'",
  },
} as const;

const [name = '', from = '', to = ''] = process.argv.slice(2);
const { columns, select, ua, load } = JOBS[name === 'legacy' ? 'legacy' : 'v2'];
const types = Array.from({ length: columns }, (_, index) => `'c${index}': 'varchar'`).join(', ');
mkdirSync(to, { recursive: true });
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
await connection.run(`create table lines as select url_decode(${ua}) as ua, ${select}
  from read_csv('${from}/*.gz', delim = '\t', header = false, quote = '', skip = 2, columns = {${types}}) where ${load}`);
await connection.run(`copy (select lines.*, label from lines join
  (select ua, ${LABELS} as label from (select distinct ua from lines)) using (ua)) to '${to}/events.parquet' (format parquet, codec zstd)`);
const [counted] = (await connection.runAndReadAll('select count(*) as n from lines')).getRowObjectsJS();
process.stdout.write(`${counted?.['n']}\n`);
