/** Streams a mail-merge file through core/links: what is written is there as a whole, or not at all. */
import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { csvCell } from '../core/csv.ts';
import type { MailMerge } from '../core/links/mail-merge.ts';
import { draftOf } from './atomic-file.ts';
import { UsageError } from './terminal.ts';

export interface MailMergeFiles {
  readonly recipients: string;
  readonly out: string;
  /** Token and recipient; only made where tokens are given. */
  readonly map: string;
}

export interface Merged {
  readonly rows: number;
  readonly tokens: number;
}

/** A record longer than this is no row of a mail merge, but a quote that nobody closed. */
const LONGEST_RECORD = 100_000;
const CHUNK = 1 << 16;

/** Writes each row with its address; throws a UsageError that names file and line, and leaves nothing behind then. */
export async function mergeFile(
  files: MailMergeFiles,
  merge: MailMerge,
  onProgress: (rows: number) => void,
): Promise<Merged> {
  for (const file of [files.out, files.map]) {
    if (existsSync(file))
      throw new UsageError(`${file} is there already: move it away, mails may have been sent with it`);
  }
  const out = await Draft.open(files.out);
  const map = await Draft.open(files.map);
  try {
    const merged = await copyRows(files.recipients, merge, { out, map, onProgress });
    await out.keep();
    await (merged.tokens > 0 ? map.keep() : map.drop());
    return merged;
  } catch (error) {
    await Promise.all([out.drop(), map.drop()]);
    throw error;
  }
}

interface Sinks {
  readonly out: Draft;
  readonly map: Draft;
  readonly onProgress: (rows: number) => void;
}

async function copyRows(
  recipients: string,
  merge: MailMerge,
  { out, map, onProgress }: Sinks,
): Promise<Merged> {
  let rows = -1;
  let tokens = 0;
  const parser = parse({
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: LONGEST_RECORD,
    info: true,
  });
  await pipeline(createReadStream(recipients), parser, async (records) => {
    for await (const { record, info } of records as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      await blameLine(recipients, info.lines, async () => {
        if (rows < 0) return out.row(merge.header(record));
        const { cells, token } = merge.row(record);
        if (token !== null) {
          if (tokens === 0) await map.row(['token', 'recipient']);
          tokens += 1;
          await map.row(token);
        }
        await out.row(cells);
      });
      rows += 1;
      if (rows % 10_000 === 0) onProgress(rows);
    }
  }).catch((error) => {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(`${recipients}, line ${error['lines'] ?? 1}: ${error.message}: check its quotes`);
  });
  if (rows < 0) throw new UsageError(`${recipients} is empty: write a header and a row for each recipient`);
  return { rows, tokens };
}

async function blameLine(file: string, line: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // A full disk is no fault of the line.
    if (error instanceof Error && 'code' in error) throw error;
    throw new UsageError(`${file}, line ${line}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A file under a hidden name until it is whole; nobody but its owner may read it, as it tells who got which address. */
class Draft {
  private readonly path: string;
  private readonly draft: string;
  private readonly handle: FileHandle;
  private text = '';

  private constructor(path: string, draft: string, handle: FileHandle) {
    this.path = path;
    this.draft = draft;
    this.handle = handle;
  }

  static async open(path: string): Promise<Draft> {
    const draft = draftOf(path);
    return new Draft(path, draft, await open(draft, 'wx', 0o600));
  }

  async row(cells: readonly string[]): Promise<void> {
    this.text += `${cells.map(csvCell).join(',')}\n`;
    if (this.text.length >= CHUNK) await this.flush();
  }

  async keep(): Promise<void> {
    await this.flush();
    await this.handle.close();
    await rename(this.draft, this.path);
  }

  async drop(): Promise<void> {
    await this.handle.close();
    await rm(this.draft, { force: true });
  }

  private async flush(): Promise<void> {
    await this.handle.write(this.text);
    this.text = '';
  }
}
