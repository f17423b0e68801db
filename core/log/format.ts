import { LogError } from './log-error.ts';

/** Log fields that the ingest reads, as `normalise` writes CloudFront's names. */
export const LOG_FIELDS = [
  'timestamp-ms',
  'timestamp',
  'date',
  'time',
  'x-edge-request-id',
  'asn',
  'c-country',
  'x-edge-location',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  'sc-status',
  'x-edge-result-type',
  'cs-user-agent',
  'cs-referer',
  'c-ip',
  'viewer-request-log-data',
] as const;
export type LogField = (typeof LOG_FIELDS)[number];

/** Number of each field in a line's spans. */
export const FIELD: Readonly<Record<LogField, number>> = Object.fromEntries(
  LOG_FIELDS.map((name, index) => [name, index]),
) as Record<LogField, number>;

/** Columns of a log, as its `#Fields:` line gives them. */
export interface FieldPlan {
  /** For each column of a line the number of its field, or -1. */
  readonly fieldOf: Int8Array;
}

/** One spelling for `cs(User-Agent)`, `cs-user-agent` and `cs_User_Agent`. */
export const normalise = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Plans a log's columns by their names; a name that comes twice counts once. */
export function planFields(names: readonly string[]): FieldPlan {
  const seen = names.map(normalise);
  const fieldOf = Int8Array.from(seen, (name, index) =>
    seen.indexOf(name) === index ? (LOG_FIELDS as readonly string[]).indexOf(name) : -1,
  );
  return { fieldOf };
}

/** Throws when a log lacks a field without which its lines say nothing. */
export function requireFields(
  object: string,
  hasNumber: (field: number) => boolean,
  needed: readonly LogField[],
): void {
  const has = (field: LogField): boolean => hasNumber(FIELD[field]);
  const timed = has('timestamp-ms') || has('timestamp') || (has('date') && has('time'));
  const missing = needed.filter((field) => !has(field)).map((field) => CLOUDFRONT_NAME[field] ?? field);
  if (!timed) missing.unshift('timestamp(ms) (or timestamp, or date and time)');
  if (missing.length === 0) return;
  throw new LogError(
    object,
    `log has no field ${missing.join(', ')}, choose it in the logging configuration`,
  );
}

const CLOUDFRONT_NAME: Partial<Record<LogField, string>> = { 'cs-user-agent': 'cs(User-Agent)' };

/** Fields without which a line of clearpixel's own logs, or of an imported one, says nothing. */
export const NEEDED_OWN: readonly LogField[] = [
  'cs-method',
  'cs-uri-stem',
  'sc-status',
  'cs-user-agent',
  'viewer-request-log-data',
];
export const NEEDED_IMPORT: readonly LogField[] = ['cs-method', 'cs-uri-stem'];

/** The columns that a header line names, or null when the line is no header. */
export function headerFields(line: string): readonly string[] | null {
  const fields = /^#\s*fields:(.*)$/is.exec(line)?.[1]?.trim();
  if (fields !== undefined) return fields.split(/\s+/);
  const columns = line.trim().split('\t');
  return columns.includes('cs-uri-stem') ? columns : null;
}
