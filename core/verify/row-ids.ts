import type { Batch, DictionaryColumn, PlainColumn } from '../batch.ts';
import { LogRows } from '../events/log-rows.ts';
import type { IngestSettings } from '../ingest-settings.ts';
import { unpackLog } from '../log/gzip.ts';
import { type LogSource, SourceReader } from '../log/source.ts';

const ROWS_PER_BATCH = 50_000;

/** Load ids of the rows that a log object becomes, by day; none for one without lines. Throws a LogError as an ingest does. */
export async function rowIdsOf(
  name: string,
  bytes: LogSource,
  settings: IngestSettings,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  const source = new SourceReader(bytes);
  const log = new LogRows(name, settings, { rowsPerBatch: ROWS_PER_BATCH });
  try {
    for await (const text of unpackLog(name, source)) for (const batch of log.add(text)) take(batch, found);
  } finally {
    await source.close();
  }
  for (const batch of log.end()) take(batch, found);
  return found;
}

function take(batch: Batch, found: Map<string, Set<string>>): void {
  const { values } = batch.columns.get('load_id') as PlainColumn;
  const days = batch.columns.get('dt') as DictionaryColumn;
  for (let row = 0; row < batch.rows; row++) {
    const day = String(days.values[days.ids[row] as number]);
    const ids = found.get(day) ?? new Set();
    ids.add(String(values[row]));
    found.set(day, ids);
  }
}
