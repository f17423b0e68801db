import { hash64 } from '../hash.ts';
import { LOG_FIELDS, type LogField, normalise } from './format.ts';
import { LogError } from './log-error.ts';

/** A string holds no more than 512 MiB. */
const MAX_JSON_BYTES = 500_000_000;
const BRACE = 0x7b;
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Whether a log is one JSON object a line: its first character tells. */
export function isJson(text: Uint8Array): boolean {
  const first = text.find((byte) => !BLANK.has(byte));
  return first === BRACE;
}

/**
 * Rewrites JSON lines as columns with a header, so that one reader serves all formats. A line that is no object becomes
 * a line with too few columns; `line-id` keeps the identity of the line as it was.
 */
export function jsonToColumns(object: string, text: Buffer): Buffer {
  if (text.length > MAX_JSON_BYTES)
    throw new LogError(object, 'holds more than 500 MB of JSON, split the file');
  const lines = text.toString('utf8').split('\n').map(stripReturn);
  const records = lines.filter((line) => line !== '' && !line.startsWith('#')).map(parse);
  const fields = LOG_FIELDS.filter((field) => records.some((record) => record?.has(field)));
  const rows = records.map((record) =>
    record === null ? '?' : fields.map((field) => record.get(field) ?? '-').join('\t'),
  );
  return Buffer.from([`#Fields: ${fields.join(' ')}`, ...rows, ''].join('\n'));
}

const stripReturn = (line: string): string => line.replace(/\r$/, '');

function parse(line: string): ReadonlyMap<LogField, string> | null {
  const object = parseObject(line);
  if (object === null) return null;
  const record = new Map<LogField, string>([['line-id', hash64(line).toString()]]);
  for (const [name, value] of Object.entries(object)) {
    const field = LOG_FIELDS.find((known) => known === normalise(name));
    if (field !== undefined) record.set(field, escapeControls(value));
  }
  return record;
}

function parseObject(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** CloudFront escapes control characters itself; a value that still has some must not end its column. */
const escapeControls = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).replace(/[\t\r\n]/g, (character) => encodeURIComponent(character))
    : '-';
