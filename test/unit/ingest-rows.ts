import { draftEvents } from '../../core/events/steps.ts';
import { buildBatch } from '../../core/events/to-batch.ts';
import { type IngestSettings, type LogObject, readLogLines } from '../../core/ingest.ts';
import { EVENT_COLUMNS } from '../../core/schema.ts';
import { valueOfRow } from './batch-values.ts';
import type { ReferenceRow } from './reference-row.ts';

/** The rows of a log as objects, without the detour over Parquet. */
export function ingestRows(object: LogObject, settings: IngestSettings): readonly ReferenceRow[] {
  const batch = buildBatch(draftEvents(object.name, readLogLines(object, settings), settings));
  const columns = EVENT_COLUMNS.map((column) => {
    const data = batch.columns.get(column.name);
    if (data === undefined) throw new Error(`no column ${column.name}`);
    return { column, data };
  });
  return Array.from({ length: batch.rows }, (_, row) =>
    Object.fromEntries(columns.map(({ column, data }) => [column.name, valueOfRow(column, data, row)])),
  );
}
