import { hash } from 'node:crypto';
import type { Batch, DictionaryColumn } from './batch.ts';
import { DROP_CODE, DROP_REASONS, type DropReason } from './drops.ts';
import { draftEvents } from './events/steps.ts';
import { buildBatch } from './events/to-batch.ts';
import type { IngestSettings } from './ingest-settings.ts';
import { NO_CAMPAIGN } from './layout.ts';
import { NEEDED_IMPORT, NEEDED_OWN } from './log/format.ts';
import { unpackLog } from './log/gzip.ts';
import { isJson, jsonToColumns } from './log/json.ts';
import { type Lines, readLines } from './log/lines.ts';
import { LogError } from './log/log-error.ts';
import { encodeParquet } from './parquet/encode.ts';
import { EVENT_COLUMNS } from './schema.ts';

export { PARSER } from './events/to-batch.ts';
export type { ImportSettings, IngestSettings } from './ingest-settings.ts';
export { LogError } from './log/log-error.ts';

/** A log file as it was delivered. */
export interface LogObject {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What became of a log object. */
export interface Ingested {
  readonly object: string;
  readonly lines: number;
  /** Loads, a row each; with the drops they add up to `lines`. */
  readonly rows: number;
  readonly drops: Readonly<Partial<Record<DropReason, number>>>;
  /** Days of its rows, sorted. */
  readonly days: readonly string[];
  /** Campaigns named in it, sorted. */
  readonly campaigns: readonly string[];
  /** The Parquet file, named by the hashes of its object's name and of its own bytes; null for a log without lines. */
  readonly fresh: { readonly name: string; readonly bytes: Uint8Array } | null;
}

/** Turns a log object into classified rows. Throws a LogError for what cannot be parsed at all. */
export function ingestLog(object: LogObject, settings: IngestSettings): Ingested {
  const lines = readLogLines(object, settings);
  const draft = draftEvents(object.name, lines, settings);
  const batch = buildBatch(draft);
  assertSum(object.name, batch, lines.count);
  const drops = dropCounts(draft.drop);
  return {
    object: object.name,
    lines: lines.count,
    rows: lines.count - Object.values(drops).reduce((sum, count) => sum + count, 0),
    drops,
    days: usedValues(batch, 'dt'),
    campaigns: usedValues(batch, 'campaign').filter((name) => name !== NO_CAMPAIGN),
    fresh: lines.count === 0 ? null : freshFile(object.name, encodeParquet(batch, EVENT_COLUMNS)),
  };
}

/** The lines of a log in any of CloudFront's text formats, packed or not. */
export function readLogLines({ name, bytes }: LogObject, settings: IngestSettings): Lines {
  const text = withoutMark(unpackLog(name, bytes));
  refuseForeign(name, text);
  return readLines(isJson(text) ? jsonToColumns(name, text) : text, {
    object: name,
    needed: settings.import === undefined ? NEEDED_OWN : NEEDED_IMPORT,
    fields: settings.import?.fields,
  });
}

/** Says of files that people turn logs into what they are, instead of what their lines lack. */
function refuseForeign(object: string, text: Buffer): void {
  if (text[0] === 0x5b)
    throw new LogError(object, 'a JSON array: write one object a line, as CloudFront does');
  const mark = text.length < 2 ? 0 : text.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0xfeff) throw new LogError(object, 'UTF-16 text: save it as UTF-8');
}

/** Editors on Windows put a byte order mark before UTF-8. */
const withoutMark = (text: Buffer): Buffer =>
  text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text;

/** Every line is in a row, or nothing is written. */
function assertSum(object: string, batch: Batch, lines: number): void {
  const column = batch.columns.get('lines');
  const sum =
    column?.form === 'plain' ? (column.values as Int32Array).reduce((total, n) => total + n, 0) : Number.NaN;
  if (sum !== lines)
    throw new Error(`${object}: rows stand for ${sum} lines, the log has ${lines}: a step lost some`);
}

function dropCounts(drop: Uint8Array): Partial<Record<DropReason, number>> {
  const lines = new Int32Array(DROP_REASONS.length + 1);
  for (let line = 0; line < drop.length; line++) {
    const code = drop[line] as number;
    lines[code] = (lines[code] as number) + 1;
  }
  const counts = DROP_REASONS.map((reason) => [reason, lines[DROP_CODE[reason]] ?? 0] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function usedValues(batch: Batch, name: 'dt' | 'campaign'): readonly string[] {
  const { ids, values } = batch.columns.get(name) as DictionaryColumn;
  const used = new Uint8Array(values.length);
  for (let row = 0; row < ids.length; row++) if ((ids[row] as number) >= 0) used[ids[row] as number] = 1;
  return Array.from(values, String)
    .filter((_, id) => used[id] === 1)
    .sort();
}

function freshFile(object: string, bytes: Uint8Array): { name: string; bytes: Uint8Array } {
  return { name: `${shortHash(object)}-${shortHash(bytes)}.parquet`, bytes };
}

const shortHash = (data: string | Uint8Array): string => hash('sha256', data, 'hex').slice(0, 16);
