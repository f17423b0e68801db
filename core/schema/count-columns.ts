import { type Column, column, required } from './column.ts';

const key = (name: string, meaning: string, example: string): Column =>
  required(name, 'text', meaning, example);

/** Columns of `daily`. Key columns are never null ('' stands for none): engines join by equality. */
export const DAILY_COLUMNS = [
  key(
    'campaign',
    'campaign; (unregistered), (none) for imports without a name, empty for dropped lines',
    'spring-sale',
  ),
  key('medium', 'utm_medium; empty for none', 'email'),
  key(
    'source',
    'utm_source; (other) beyond 1,000 source and content pairs of a campaign and day',
    'newsletter',
  ),
  key('content', 'utm_content; (other) together with source', 'footer'),
  key('mode', 'recording mode at the edge; empty when unregistered', 'aggregate'),
  required('registered', 'boolean', 'whether the edge knew the campaign', 'true'),
  key('class', 'effective class: that of stage B, or else of stage A', 'likely_human'),
  key('kind', 'effective kind; empty for none', 'browser'),
  key('agent', 'who sent it; empty where nobody can tell', 'Gmail image proxy'),
  key(
    'tier',
    'at_least, at_most or neither: what the loads count towards; empty for dropped lines',
    'at_least',
  ),
  key('country', 'country of the network, approximate; empty for unknown', 'DE'),
  key('device', 'phone, tablet, desktop or other; empty for unknown', 'phone'),
  key('unit', 'what is told apart: message, visitor, or empty (loads only)', 'message'),
  key('ruleset', 'rules in force when the loads were classified; empty for none', '2026-11-23-1a2b3c4d'),
  key('reason', 'why lines were dropped; empty for loads', 'bad_line'),
  required('loads', 'bigint', 'image requests; 0 for dropped lines', '1204'),
  required(
    'firsts',
    'bigint',
    'loads that are the best of their unit and day; a display when the tier says so',
    '311',
  ),
  required('lines', 'bigint', 'log lines: adds up to those of the log objects', '1204'),
  key('dt', 'day in the configured time zone, yyyy-MM-dd; the partition', '2026-11-23'),
] as const satisfies readonly Column[];

/** Columns of `campaigns`, the registry as a table: what people who read counts may see, so no report addresses. */
export const CAMPAIGN_COLUMNS = [
  key('campaign', 'id of the campaign: utm_campaign', 'spring-sale'),
  column('name', 'text', 'name for people', 'Spring sale 2026'),
  column('owner', 'text', 'who answers for it', 'marketing'),
  column('medium', 'text', 'email, page or document', 'email'),
  column('sent_from_ms', 'bigint', 'sending began, milliseconds since 1970 UTC', '1795420800000'),
  column('sent_until_ms', 'bigint', 'sending ended, milliseconds since 1970 UTC', '1795424400000'),
  column('audience', 'bigint', 'people it was sent to', '12000'),
  key('recording', 'aggregate, consented, off or test', 'aggregate'),
  key('copies', 'over what copies are told apart: day, campaign, or off', 'day'),
  column('ends', 'text', 'last day on which loads are expected, yyyy-MM-dd', '2026-12-31'),
] as const satisfies readonly Column[];

/** Columns of `hourly`: how a campaign began. */
export const HOUR_COLUMNS = [
  key('campaign', 'utm_campaign', 'spring-sale'),
  required('hour_ms', 'bigint', 'first millisecond of the hour since 1970 UTC', '1795420800000'),
  key('tier', 'at_least, at_most or neither', 'at_least'),
  required('firsts', 'bigint', 'best loads of their unit and day, by the hour in which they came', '31'),
  key('dt', 'day in the configured time zone, yyyy-MM-dd; the partition', '2026-11-23'),
] as const satisfies readonly Column[];

/** Columns of `copies`: what a campaign that tells copies apart over its life comes to. */
export const COPY_COLUMNS = [
  key('campaign', 'utm_campaign', 'spring-sale'),
  key('tier', 'best tier that a copy had on any day: at_least, at_most or neither', 'at_least'),
  required('messages', 'bigint', 'distinct copies; each has one tier', '311'),
] as const satisfies readonly Column[];

/** Columns of `requests`: CloudFront's own counts, to hold the log lines against. */
export const REQUEST_COLUMNS = [
  required('hour_ms', 'bigint', 'first millisecond of the hour since 1970 UTC', '1795420800000'),
  required('requests', 'bigint', 'requests of that hour and day, as CloudFront counts them', '1204'),
  key('dt', 'day in the configured time zone, yyyy-MM-dd; the partition', '2026-11-23'),
] as const satisfies readonly Column[];
