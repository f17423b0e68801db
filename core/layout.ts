/** Names that the parts share: where things lie in the data bucket (or home folder), and what CloudFront delivers. */

/** Prefixes of the data bucket; on a laptop, folders of the home folder. */
export const PREFIXES = {
  logs: 'logs/',
  quarantine: 'quarantine/',
  registry: 'registry/',
  fresh: 'fresh/',
} as const;

/** Prefixes of the data bucket that a laptop has no folder for: its database holds both. */
export const TABLE_PREFIXES = { tables: 'tables/', results: 'results/' } as const;

/** Objects of the registry with one writer each. */
export const REGISTRY_FILES = {
  /** Written by the operator: campaigns.csv or campaigns.json. */
  campaigns: 'registry/campaigns.',
  /** What edge-state last made of the campaigns file: see core/registry/carried.ts. */
  carried: 'registry/carried.json',
  /** Zones with their first days, appended by edge-state. */
  zones: 'registry/zones.json',
  /** Paths below /a/ of the known assets, written at deploy. */
  assets: 'registry/assets.json',
  /** Salted hashes of forgotten tokens, made at deploy. */
  forgotten: 'registry/forgotten.json',
  /** What commands ask of the merge function, one object each. */
  commands: 'registry/commands/',
  /** What it answers them, under the same names. */
  answers: 'registry/answers/',
  /** Which merge may write now. */
  lease: 'registry/lease.json',
  /** Days that were written to and what is left of a night's work, kept by the holder of the lease. */
  upkeep: 'registry/upkeep.json',
  /** The night that was asked for last; whoever holds the lease sees to it. */
  night: 'registry/night.json',
  /** One claim per report period and audience. */
  reports: 'registry/reports/',
} as const;

/**
 * Fields of standard logging v2 that are delivered, in this order. The client's address, the query string, cookies and
 * the referer are left out here, so they are never at rest.
 */
export const DELIVERED_FIELDS = [
  'timestamp(ms)',
  'x-edge-request-id',
  'asn',
  'c-country',
  'x-edge-location',
  'cs-method',
  'cs-uri-stem',
  'sc-status',
  'x-edge-result-type',
  'cs(User-Agent)',
  'viewer-request-log-data',
] as const;

/** Path of the pixel, and the folder whose images are tracked in the same way. */
export const PIXEL_PATH = '/p.gif';
export const ASSET_PREFIX = '/a/';

/** Content types of the images that may lie in the assets folder, by their ending. */
export const IMAGE_TYPES: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};

/** Keys of the edge store: `k` holds the day keys, `c.<campaign>` one campaign's switches. */
export const STORE_KEYS = { days: 'k', campaign: (id: string): string => `c.${id}` } as const;

/** Names that stand for loads without a name of their own. */
export const UNREGISTERED = '(unregistered)';
export const NO_CAMPAIGN = '(none)';

/** Outputs of the stack, by which the operator's commands find what they work on. */
export const STACK_OUTPUTS = {
  logBucket: 'LogBucket',
  dataBucket: 'DataBucket',
  arrivals: 'ArrivalsQueueUrl',
  deadLetters: 'DeadLettersQueueUrl',
  database: 'Database',
  /** Workgroup in which operators query. */
  workgroup: 'OperatorsWorkgroup',
} as const;
