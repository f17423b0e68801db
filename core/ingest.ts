import type { Batch, DictionaryColumn, PlainColumn } from './batch.ts';
import type { DropReason } from './drops.ts';
import { LogRows } from './events/log-rows.ts';
import { freshName } from './fresh-name.ts';
import type { IngestSettings } from './ingest-settings.ts';
import { NO_CAMPAIGN } from './layout.ts';
import { unpackLog } from './log/gzip.ts';
import { type LogSource, SourceReader } from './log/source.ts';
import { ParquetFile, ROWS_PER_GROUP } from './parquet/encode.ts';
import { EVENT_COLUMNS } from './schema.ts';

export { PARSER } from './events/row-buffer.ts';
export type { ImportSettings, IngestSettings } from './ingest-settings.ts';
export { LogError } from './log/log-error.ts';

/** A log file as it was delivered. */
export interface LogObject {
  readonly name: string;
  /** Packed or not, at once or in chunks as they come: a large object need not be held. */
  readonly bytes: LogSource;
}

/** A Parquet file, named by the hashes of its object's name and of its own bytes. */
export interface FreshFile {
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
  /** Names of its fresh files: none for a log without lines, more than one for a very large log. */
  readonly fresh: readonly string[];
}

/** A fresh file is full with so many bytes: they are held until they are written. */
const FRESH_BYTES = 2 ** 25;

/**
 * Turns a log object into files of classified rows, each written before the next one is begun. Throws a LogError for
 * what cannot be parsed; what was written by then is written again, and counted once, when the object is repaired.
 */
export async function ingestLog(
  { name, bytes }: LogObject,
  settings: IngestSettings,
  write: (file: FreshFile) => void | Promise<void>,
): Promise<Ingested> {
  const source = new SourceReader(bytes);
  const log = new LogRows(name, settings, { rowsPerBatch: ROWS_PER_GROUP });
  const files = new FreshFiles(name);
  try {
    for await (const text of unpackLog(name, source)) {
      for (const batch of log.add(text)) if (files.add(batch)) await write(files.end());
    }
  } finally {
    await source.close();
  }
  for (const batch of log.end()) files.add(batch);
  assertSum(name, files.lines, log.lines);
  if (files.isBegun) await write(files.end());
  const drops = Object.values(log.drops).reduce((sum, count) => sum + count, 0);
  const { days, campaigns, names: fresh } = files;
  return {
    object: name,
    lines: log.lines,
    rows: log.lines - drops,
    drops: log.drops,
    days,
    campaigns,
    fresh,
  };
}

/** Every line is in a row, or the last file is not written. */
function assertSum(object: string, inRows: number, lines: number): void {
  if (inRows !== lines)
    throw new Error(`${object}: rows stand for ${inRows} lines, the log has ${lines}: a step lost some`);
}

/** The fresh files of one log. */
class FreshFiles {
  readonly names: string[] = [];
  /** Lines that the rows so far stand for. */
  lines = 0;
  readonly #object: string;
  readonly #days = new Set<string>();
  readonly #campaigns = new Set<string>();
  #file = new ParquetFile(EVENT_COLUMNS);

  constructor(object: string) {
    this.#object = object;
  }

  /** Adds rows to the file at hand; answers whether it is full. */
  add(batch: Batch): boolean {
    this.#file.add(batch);
    this.lines += sumOf(batch, 'lines');
    for (const day of usedValues(batch, 'dt')) this.#days.add(day);
    for (const campaign of usedValues(batch, 'campaign')) this.#campaigns.add(campaign);
    return this.#file.size >= FRESH_BYTES;
  }

  get isBegun(): boolean {
    return this.#file.rows > 0;
  }

  end(): FreshFile {
    const bytes = this.#file.end();
    const name = freshName(this.#object, bytes);
    this.#file = new ParquetFile(EVENT_COLUMNS);
    this.names.push(name);
    return { name, bytes };
  }

  get days(): readonly string[] {
    return [...this.#days].sort();
  }

  get campaigns(): readonly string[] {
    return [...this.#campaigns].filter((name) => name !== NO_CAMPAIGN).sort();
  }
}

function sumOf(batch: Batch, name: 'lines'): number {
  const { values } = batch.columns.get(name) as PlainColumn;
  let sum = 0;
  for (let row = 0; row < batch.rows; row++) sum += values[row] as number;
  return sum;
}

function usedValues(batch: Batch, name: 'dt' | 'campaign'): readonly string[] {
  const { ids, values } = batch.columns.get(name) as DictionaryColumn;
  const used = new Uint8Array(values.length);
  for (let row = 0; row < ids.length; row++) if ((ids[row] as number) >= 0) used[ids[row] as number] = 1;
  return Array.from(values, String).filter((_, id) => used[id] === 1);
}
