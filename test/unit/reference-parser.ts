import { gunzipSync } from 'node:zlib';
import { hash64 } from '../../core/hash.ts';
import { type IngestSettings, PARSER } from '../../core/ingest.ts';
import { EVENT_COLUMNS } from '../../core/schema.ts';
import { dayOf } from '../../core/zones.ts';
import type { HeldLog } from './ingest-rows.ts';
import { decode, factsOf } from './reference-facts.ts';
import { type ReferenceRow, rowOf } from './reference-row.ts';

/**
 * The ingest once more, slow and plain: strings, objects, one line after the other. It shares no parsing code with
 * core/, so that a mistake in either shows as a difference.
 */
export interface Reference {
  readonly lines: number;
  readonly rows: readonly ReferenceRow[];
}

type Line = Map<string, string>;
interface Parsed {
  readonly line: string;
  /** Null when it has too few columns or is no JSON object. */
  readonly fields: Line | null;
}

const canonical = (name: string): string =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('-');

function textOf(bytes: Uint8Array): string {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : Buffer.from(bytes);
  return plain.toString('utf8').replace(/^\ufeff/, '');
}

function split(text: string, names: readonly string[] | undefined): readonly Parsed[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const json = text.trimStart().startsWith('{');
  const parsed: Parsed[] = [];
  let header = names?.map(canonical);
  for (const line of lines) {
    if (line === '') continue;
    if (line.startsWith('#')) {
      const found = /^#\s*fields:(.*)/i.exec(line);
      if (found) header = (found[1] ?? '').trim().split(/\s+/).map(canonical);
      continue;
    }
    parsed.push({ line, fields: json ? objectOf(line) : columnsOf(line, header ?? []) });
  }
  return parsed;
}

function columnsOf(line: string, header: readonly string[]): Line | null {
  const columns = line.split('\t');
  if (columns.length < header.length) return null;
  const fields = new Map<string, string>();
  header.forEach((name, index) => {
    const value = columns[index] ?? '';
    if (!fields.has(name)) fields.set(name, value);
  });
  return new Map([...fields].filter(([, value]) => value !== '' && value !== '-'));
}

function objectOf(line: string): Line | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const pairs = Object.entries(value).filter(
      ([, one]) => ['string', 'number'].includes(typeof one) && one !== '' && one !== '-',
    );
    return new Map(pairs.map(([name, one]) => [canonical(name), String(one)]));
  } catch {
    return null;
  }
}

function timeOf(fields: Line): number | null {
  const ms = fields.get('timestamp-ms');
  if (ms !== undefined) return /^\d{1,15}$/.test(ms) ? Number(ms) : null;
  const seconds = fields.get('timestamp');
  if (seconds !== undefined && /^\d{1,12}(\.\d{1,9})?$/.test(seconds))
    return Math.round(Number(seconds) * 1000);
  const [date = '', time = ''] = [fields.get('date'), fields.get('time')];
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d:\d\d$/.test(time)) return null;
  const instant = new Date(`${date}T${time}Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === `${date}T${time}.000Z`
    ? instant.getTime()
    : null;
}

/** The rows of a log, in the order of core/: loads by line, then drops by reason and first line. */
export function referenceIngest(object: HeldLog, settings: IngestSettings): Reference {
  const parsed = split(textOf(object.bytes), settings.import?.fields);
  const seen = new Map<string, number>();
  const hour = settings.import ? null : hourIn(object.name);
  const read = parsed.map((one) => readLine(one, settings, seen, hour));
  const first = read.find((one) => one.day !== null)?.day;
  const fallback = first ?? nameDay(object.name, settings);
  const rows = read.flatMap((one) => (one.row === null ? [] : [{ ...one.row, log_object: object.name }]));
  return { lines: parsed.length, rows: [...rows, ...dropRows(object.name, read, fallback)] };
}

interface Read {
  readonly row: ReferenceRow | null;
  readonly reason: string | null;
  readonly day: string | null;
}

const hourIn = (name: string): number | null => {
  const found = /\.(\d{4}-\d\d-\d\d)-(\d\d)\.[^/]*$/.exec(name);
  const ms = found === null ? Number.NaN : Date.parse(`${found[1]}T${found[2]}:00:00Z`);
  return Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(found?.[1] ?? '?') ? null : ms;
};

const nameDay = (name: string, settings: IngestSettings): string => {
  const hour = hourIn(name);
  return hour === null ? '1970-01-01' : dayOf(hour, settings.zones);
};

function readLine(
  one: Parsed,
  settings: IngestSettings,
  seen: Map<string, number>,
  hour: number | null,
): Read {
  const ordinal = seen.get(one.line) ?? 0;
  const id = one.fields?.get('x-edge-request-id');
  if (settings.import || id === undefined) seen.set(one.line, ordinal + 1);
  if (one.fields === null) return { row: null, reason: 'bad_line', day: null };
  const ms = timeOf(one.fields);
  const usable =
    ms !== null &&
    ms >= 0 &&
    ms <= Date.UTC(9999, 0) &&
    (hour === null || (ms >= hour - 35 * 86_400_000 && ms <= hour + 25 * 3_600_000));
  if (!usable) return { row: null, reason: 'bad_time', day: null };
  const timeDay = dayOf(ms, settings.zones);
  const asset = assetOf(decode(decode(one.fields.get('cs-uri-stem') ?? '')), settings);
  if (asset === null) return { row: null, reason: 'not_pixel', day: timeDay };
  const method = one.fields.get('cs-method')?.toUpperCase() ?? '';
  const allowed = settings.import ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'OPTIONS'];
  if (!allowed.includes(method)) return { row: null, reason: 'bad_method', day: timeDay };
  const facts = factsOf(one.fields, settings.import !== undefined);
  if (facts === null) return { row: null, reason: 'bad_line', day: timeDay };
  const dt = realDay(facts.values.get('day')) ?? timeDay;
  const load = { fields: one.fields, facts, ms, asset, method, dt, settings };
  const loadId = loadIdOf(one.line, id, ordinal, settings);
  return { row: { ...rowOf(load), load_id: loadId }, reason: null, day: dt };
}

const realDay = (day: string | undefined): string | null =>
  day !== undefined &&
  /^\d{4}-\d\d-\d\d$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(day).toISOString().startsWith(day)
    ? day
    : null;

function assetOf(path: string, settings: IngestSettings): string | null {
  if (settings.import) {
    const isImage = /\.(gif|png|jpg|jpeg|webp|svg|avif|ico|bmp)$/i.test(path);
    const wanted = settings.import.asset === undefined || new RegExp(settings.import.asset).test(path);
    if (!isImage || !wanted) return null;
    const name = path.split('/').at(-1) ?? '';
    return name.includes('@') || /\d\.\d+\.\d+\.\d/.test(name) ? 'other' : name;
  }
  if (path === '/p.gif') return 'pixel';
  if (!path.startsWith('/a/')) return null;
  return settings.assets.includes(path.slice(3)) ? path.slice(3) : 'other';
}

/** Bytes of the line as they stand in the log; invalid UTF-8 does not occur in what this is used for. */
function loadIdOf(line: string, id: string | undefined, ordinal: number, settings: IngestSettings): bigint {
  if (!settings.import && id !== undefined) return hash64(id);
  return hash64(line, ordinal);
}

const REASONS = ['bad_line', 'bad_time', 'not_pixel', 'bad_method'];

function dropRows(object: string, read: readonly Read[], fallback: string): readonly ReferenceRow[] {
  const counts = new Map<string, number>();
  for (const reason of REASONS) {
    for (const one of read) {
      if (one.reason !== reason) continue;
      const key = `${one.day ?? fallback}|${reason}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].map(([key, lines]) => {
    const [dt = '', reason = ''] = key.split('|');
    const empty = Object.fromEntries(EVENT_COLUMNS.map(({ name }) => [name, null]));
    const loadId = hash64(`${object}|${dt}|${reason}|${PARSER}`);
    return {
      ...empty,
      load_id: loadId,
      lines,
      class: 'dropped',
      reasons: reason,
      parser: PARSER,
      log_object: object,
      dt,
    };
  });
}
