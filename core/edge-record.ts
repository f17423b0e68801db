/**
 * The record that edge/viewer-request.js writes with `cf.logCustomData()`: `key=value&...`, at most 800 bytes, only
 * characters that CloudFront does not escape. Absent values are left out. edge/ imports nothing, so it repeats these
 * names; test/edge holds it to them.
 */
export const RECORD_KEYS = {
  /** Version of this list; a line with another version is a bad_line. */
  version: 'v',
  /** Name of the day whose key interval held the request; absent with note nokey. */
  day: 'day',
  campaign: 'campaign',
  medium: 'medium',
  source: 'source',
  content: 'content',
  /** Mode of a registered campaign; absent when the store has no entry. */
  mode: 'mode',
  /** 1 when the URL said consent=1. */
  consent: 'consent',
  /** Recipient token: only in mode consented, with consent, without an opt-out. */
  recipient: 'rid',
  /** Keyed hashes: 16 hex digits of 63 bits. */
  visitor: 'visitor',
  network: 'network',
  message: 'message',
  /** Headers seen, sorted, joined by a dot: dnt, gpc, prefetch. */
  signals: 'signals',
  refererHost: 'referer',
  /** What went wrong or was refused, sorted, joined by a dot; becomes flags of the row. See RECORD_NOTES. */
  notes: 'notes',
} as const;

export const RECORD_VERSION = '1';

/** Bytes after URL-encoding; CloudFront cuts off the rest. */
export const RECORD_MAX_BYTES = 800;

/** Closed set of what a record's `notes` may say. */
export const RECORD_NOTES = [
  /** utm_campaign is missing or breaks `[a-z0-9][a-z0-9._-]{0,63}`: the row has no campaign. */
  'badcampaign',
  /** utm_medium, utm_source or utm_content breaks its alphabet and was left out. */
  'badparam',
  /** rid breaks `[A-Za-z0-9_-]{1,64}` and was left out. */
  'badrid',
  /** No key interval of the store contains now: no hashes. */
  'nokey',
  /** The store could not be read for the campaign: no hashes, no token, mode unknown. */
  'nostore',
  /** Anything else that went wrong; the record holds what was known by then. */
  'error',
] as const;
