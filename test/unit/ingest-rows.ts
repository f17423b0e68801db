import { gunzipSync } from 'node:zlib';
import type { Batch } from '../../core/batch.ts';
import { LogRows } from '../../core/events/log-rows.ts';
import { type FreshFile, type Ingested, type IngestSettings, ingestLog } from '../../core/ingest.ts';
import { EVENT_COLUMNS } from '../../core/schema.ts';
import { valueOfRow } from './batch-values.ts';
import type { ReferenceRow } from './reference-row.ts';

/** A log that is held as a whole. */
export interface HeldLog {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What became of a log, with the files that were written. */
export async function ingestWhole(
  log: HeldLog,
  settings: IngestSettings,
): Promise<Ingested & { readonly files: readonly FreshFile[] }> {
  const files: FreshFile[] = [];
  const ingested = await ingestLog(log, settings, (file) => void files.push(file));
  return { ...ingested, files };
}

/** How a log is cut up on its way: the rows must not depend on it. */
export interface Cuts {
  readonly bytesPerPiece: number;
  readonly linesPerBlock: number;
  readonly rowsPerBatch: number;
}
const WHOLE: Cuts = { bytesPerPiece: 2 ** 30, linesPerBlock: 512, rowsPerBatch: 2 ** 30 };

/** The rows of a log as objects, without the detour over Parquet. */
export function ingestRows(
  { name, bytes }: HeldLog,
  settings: IngestSettings,
  { bytesPerPiece, linesPerBlock, rowsPerBatch }: Cuts = WHOLE,
): readonly ReferenceRow[] {
  const log = new LogRows(name, settings, { linesPerBlock, rowsPerBatch });
  const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : Buffer.from(bytes);
  const rows: ReferenceRow[] = [];
  for (let at = 0; at < text.length; at += bytesPerPiece) {
    for (const batch of log.add(Buffer.from(text.subarray(at, at + bytesPerPiece))))
      rows.push(...rowsOf(batch));
  }
  for (const batch of log.end()) rows.push(...rowsOf(batch));
  return rows;
}

function rowsOf(batch: Batch): readonly ReferenceRow[] {
  const columns = EVENT_COLUMNS.map((column) => {
    const data = batch.columns.get(column.name);
    if (data === undefined) throw new Error(`no column ${column.name}`);
    return { column, data };
  });
  return Array.from({ length: batch.rows }, (_, row) =>
    Object.fromEntries(columns.map(({ column, data }) => [column.name, valueOfRow(column, data, row)])),
  );
}
