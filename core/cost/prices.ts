/** List prices in US dollars, by item of the bill. One entry per price; `npm run docs` brings a change into docs/cost.md. */

/** `read`: on a stored copy of AWS's page. `quoted`: from it by a public document. `remembered`: not seen. */
export type Trust = 'read' | 'quoted' | 'remembered';

export interface Price {
  /** What the bill calls it. */
  readonly item: string;
  /** Dollars for one `unit`. */
  readonly usd: number;
  readonly unit: string;
  /** Units a month that an account has for nothing, whatever its age. */
  readonly free: number;
  /** Title of the page that says so. */
  readonly source: string;
  /** When it was read, or the day of the price list that was quoted. */
  readonly seen: string;
  readonly trust: Trust;
}

const price = (
  item: string,
  usd: number,
  unit: string,
  free: number,
  source: string,
  seen: string,
  trust: Trust,
): Price => ({ item, usd, unit, free, source, seen, trust });

const US_EAST_1 = {
  requests: price(
    'CloudFront HTTPS requests (viewers in the US)',
    1,
    'million',
    10,
    'AWS Pricing Calculator',
    '2026-06-12',
    'quoted',
  ),
  transfer: price(
    'CloudFront data to viewers (US, Europe)',
    0.085,
    'GB',
    1000,
    'Amazon CloudFront Pricing',
    '2026-11-26',
    'read',
  ),
  edgeFunction: price(
    'CloudFront Functions',
    0.1,
    'million',
    2,
    'Amazon CloudFront, billing codes',
    '2026-08-29',
    'quoted',
  ),
  storeReads: price(
    'CloudFront KeyValueStore reads',
    0.03,
    'million',
    2,
    'Amazon CloudFront Pricing',
    '',
    'remembered',
  ),
  storeCalls: price(
    'CloudFront KeyValueStore calls by edge-state',
    1,
    'thousand',
    0,
    'Amazon CloudFront Pricing',
    '',
    'remembered',
  ),
  logDelivery: price(
    'Log delivery v2 to S3',
    0,
    'GB',
    0,
    'Configure standard logging (v2)',
    '2026-11-23',
    'read',
  ),
  storage: price('S3 Standard storage', 0.023, 'GB-month', 0, 'AWS price list', '2026-08-07', 'quoted'),
  puts: price('S3 PUT and LIST', 0.005, 'thousand', 0, 'AWS price list', '2026-08-07', 'quoted'),
  gets: price('S3 GET', 0.0004, 'thousand', 0, 'AWS price list', '2026-08-07', 'quoted'),
  messages: price('SQS requests', 0.4, 'million', 1, 'AWS price list', '2025-08-28', 'quoted'),
  compute: price('Lambda arm64', 0.0000133334, 'GB-s', 400_000, 'AWS Lambda Pricing', '2026-05-11', 'quoted'),
  calls: price('Lambda calls', 0.2, 'million', 1, 'AWS Lambda Pricing', '2026-05-11', 'quoted'),
  athena: price('Athena data scanned', 5, 'TB', 0, 'AWS price list', '2026-08-27', 'quoted'),
  catalog: price('Glue Data Catalog requests', 1, 'million', 1, 'AWS Glue Pricing', '', 'remembered'),
  schedules: price('EventBridge Scheduler', 1, 'million', 14, 'AWS price list', '2026-05-29', 'quoted'),
  mails: price('SES mails', 0.1, 'thousand', 0, 'Amazon SES Pricing', '2026-11-23', 'quoted'),
  attachments: price('SES attachments', 0.12, 'GB', 0, 'Amazon SES Pricing', '2026-11-23', 'quoted'),
  alarms: price('CloudWatch alarms', 0.1, 'alarm', 10, 'AWS price list', '2026-08-06', 'quoted'),
  dashboards: price(
    'CloudWatch dashboards',
    3,
    'dashboard',
    3,
    'Amazon CloudWatch Pricing',
    '2026-06-13',
    'quoted',
  ),
  metrics: price('CloudWatch custom metrics', 0.3, 'metric', 10, 'AWS price list', '2026-08-06', 'quoted'),
  metricReads: price(
    'CloudWatch metrics read',
    0.01,
    'thousand',
    0,
    'Amazon CloudWatch Pricing',
    '',
    'remembered',
  ),
  keys: price('KMS key, not counting its rotations', 1, 'key', 0, 'AWS KMS Pricing', '', 'remembered'),
  logs: price('CloudWatch Logs', 0.5, 'GB', 5, 'AWS price list', '2026-08-06', 'quoted'),
} as const satisfies Record<string, Price>;

export type Item = keyof typeof US_EAST_1;
export type Prices = Readonly<Record<Item, Price>>;

/** Regions whose prices are known. CloudFront's own depend on where viewers are, not on this. */
export const PRICES: Readonly<Record<string, Prices>> = { 'us-east-1': US_EAST_1 };

/** The region whose prices stand for one that is not listed. */
export const FALLBACK_REGION = 'us-east-1';
