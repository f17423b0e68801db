/**
 * The event row: the one source of the Parquet schema, the tables of both engines and docs/schema.md.
 * One row per load, or per log object, day and reason for lines that are no loads.
 */

/** `text` is UTF-8, `bigint` signed 64 bits, `int` signed 32 bits. */
export type ColumnType = 'text' | 'bigint' | 'int' | 'boolean';

export interface Column {
  /** snake_case, the same in every engine. */
  readonly name: string;
  readonly type: ColumnType;
  /** Whether a row may be without it (null). */
  readonly optional: boolean;
  readonly meaning: string;
  readonly example: string;
}

const column = (name: string, type: ColumnType, meaning: string, example: string): Column => ({
  name,
  type,
  optional: true,
  meaning,
  example,
});
const required = (name: string, type: ColumnType, meaning: string, example: string): Column => ({
  ...column(name, type, meaning, example),
  optional: false,
});

/** Columns of `events` and of fresh files, in their order in the file. */
export const EVENT_COLUMNS = [
  required(
    'load_id',
    'bigint',
    'identity of the load: hash of the request id, or of the line',
    '-4611686018427387904',
  ),
  column(
    'loaded_ms',
    'bigint',
    'when CloudFront answered, milliseconds since 1970 UTC; null on dropped lines',
    '1795420800123',
  ),
  required('lines', 'int', 'log lines behind this row: 1 for a load, their number for dropped lines', '1'),
  column(
    'campaign',
    'text',
    'utm_campaign as requested; reports show unregistered names as (unregistered)',
    'spring-sale',
  ),
  column('medium', 'text', 'utm_medium: email, page or document', 'email'),
  column('source', 'text', 'utm_source', 'newsletter'),
  column('content', 'text', 'utm_content', 'footer'),
  column(
    'mode',
    'text',
    'recording mode in force at the edge: aggregate, consented, off, test, imported; null when unregistered',
    'aggregate',
  ),
  column('registered', 'boolean', 'whether the edge knew the campaign', 'true'),
  column('asset', 'text', 'pixel, a known asset, or other', 'pixel'),
  column('recipient', 'text', 'opaque token, only with consent and only in consented campaigns', 'r7Qz0pXk'),
  column(
    'message',
    'bigint',
    'keyed hash of campaign and nonce: tells copies apart while its key lives',
    '4611686018427387904',
  ),
  column(
    'visitor',
    'bigint',
    'keyed hash of campaign, truncated address and user agent, for a day',
    '4611686018427387904',
  ),
  column(
    'network',
    'bigint',
    'keyed hash of campaign and truncated address, for a day',
    '4611686018427387904',
  ),
  required(
    'class',
    'text',
    'likely_human, proxied, prefetch, automated, unknown, invalid, or dropped',
    'likely_human',
  ),
  column(
    'kind',
    'text',
    'sort within the class: mail_client, browser, app, at_display, regardless, scanner ...',
    'browser',
  ),
  column('agent', 'text', 'who sent it, as far as known', 'Gmail image proxy'),
  column('confidence', 'text', 'high, medium or low; never certain', 'medium'),
  column(
    'reasons',
    'text',
    'ids of the rules that decided, or the drop reason; sorted, space between',
    'browser-full',
  ),
  column(
    'flags',
    'text',
    'results beside the class, sorted, space between: relay, gateway, gpc, nokey ...',
    'relay',
  ),
  column(
    'country',
    'text',
    'country of the network as CloudFront sees it, ISO 3166-1 alpha-2; approximate',
    'DE',
  ),
  column('asn', 'int', 'number of the network (autonomous system)', '15169'),
  column('device', 'text', 'phone, tablet, desktop or other, from the user agent', 'phone'),
  column('user_agent', 'text', 'decoded User-Agent header; null after userAgentDays', 'Mozilla/5.0'),
  column('method', 'text', 'HTTP method', 'GET'),
  column('referer_host', 'text', 'host of the Referer header, never its path', 'mail.google.com'),
  column('edge_location', 'text', 'CloudFront edge location', 'FRA56-P4'),
  column('status', 'int', 'HTTP status; 0 when the viewer left before an answer', '200'),
  column('cache_result', 'text', 'x-edge-result-type: Hit, Miss, RefreshHit ...', 'Hit'),
  column(
    'signals',
    'text',
    'opt-out and prefetch headers seen at the edge: gpc, dnt, prefetch; sorted, space between',
    'prefetch',
  ),
  column(
    'input_id',
    'bigint',
    'hash of what stage A judged: user agent, asn, country, method, referer host, signals',
    '12345',
  ),
  column(
    'ruleset',
    'text',
    'rules in force when the row was classified: date and hash',
    '2026-11-23-1a2b3c4d',
  ),
  required('parser', 'int', 'number raised with every change of parsing', '1'),
  required(
    'log_object',
    'text',
    'log object that brought the line',
    'logs/E2EXAMPLE.2026-11-23-08.1a2b3c4d.gz',
  ),
  required('dt', 'text', 'day in the configured time zone, yyyy-MM-dd; the partition', '2026-11-23'),
] as const satisfies readonly Column[];
