import { gzipSync } from 'node:zlib';
import { RECORD_MAX_BYTES } from '../core/edge-record.ts';
import { DELIVERED_FIELDS } from '../core/layout.ts';

/** One request as CloudFront delivers it, decoded; null is written as `-`. */
export interface DeliveredLine {
  readonly timestampMs: number;
  readonly requestId: string;
  readonly asn: number | null;
  readonly country: string | null;
  readonly edgeLocation: string;
  readonly method: string;
  /** Path as the client sent it, percent-encoded or not. */
  readonly uriStem: string;
  /** 0 where the viewer left before an answer. */
  readonly status: number;
  readonly resultType: string;
  readonly userAgent: string | null;
  /** What the edge function handed to `cf.logCustomData()`. */
  readonly record: string | null;
}

/** One line of standard logging v2 in w3c format, its fields in the order of DELIVERED_FIELDS. */
export function formatLogLine(line: DeliveredLine): string {
  const values: Record<(typeof DELIVERED_FIELDS)[number], string | null> = {
    'timestamp(ms)': String(line.timestampMs),
    'x-edge-request-id': line.requestId,
    asn: line.asn === null ? null : String(line.asn),
    'c-country': line.country,
    'x-edge-location': line.edgeLocation,
    'cs-method': line.method,
    'cs-uri-stem': percentEncode(line.uriStem),
    'sc-status': String(line.status).padStart(3, '0'),
    'x-edge-result-type': line.resultType,
    'cs(User-Agent)': line.userAgent === null ? null : percentEncode(line.userAgent),
    'viewer-request-log-data':
      line.record === null ? null : percentEncode(line.record).slice(0, RECORD_MAX_BYTES),
  };
  return DELIVERED_FIELDS.map((field) => values[field] || '-').join('\t');
}

/** A whole log file: two header lines (fields with a space between), then the lines, gzip. */
export function formatLogFile(lines: readonly string[]): Uint8Array {
  const header = ['#Version: 1.0', `#Fields: ${DELIVERED_FIELDS.join(' ')}`];
  return gzipSync(`${[...header, ...lines].join('\n')}\n`);
}

/** Name of a log file: distribution, UTC hour of its requests, and something unique. */
export function logFileName(distribution: string, ms: number, unique: string): string {
  const hour = new Date(ms).toISOString().slice(0, 13).replace('T', '-');
  return `${distribution}.${hour}.${unique}.gz`;
}

/**
 * CloudFront escapes ASCII 0 to 32, 127 and everything above, and < > " # % { } | \ ^ ~ [ ] ` '. As it escapes the
 * percent sign too, a path that came percent-encoded is encoded twice.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const ESCAPED = /[\u0000-\u0020\u{7f}-\u{10ffff}<>"#%{}|\\^~[\]`']+/gu;

/** Most of a simulation's user agents are the same few. */
const escapedTexts = new Map<string, string>();
const MOST_TEXTS = 10_000;

function percentEncode(text: string): string {
  const known = escapedTexts.get(text);
  if (known !== undefined) return known;
  const escaped = text.replace(ESCAPED, escapeBytes);
  if (text.length < 512 && escapedTexts.size < MOST_TEXTS) escapedTexts.set(text, escaped);
  return escaped;
}

function escapeBytes(text: string): string {
  let escaped = '';
  for (const byte of Buffer.from(text)) escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return escaped;
}
