/** Whether each log object that is still there went somewhere: into a fresh file, into `events`, or into quarantine. */
import type { IngestSettings } from '../ingest-settings.ts';
import { LogError } from '../log/log-error.ts';
import type { LogSource } from '../log/source.ts';
import { chunksOf } from '../merge/chunks.ts';
import { UNDATED } from '../merge/due.ts';
import { fillLists } from '../merge/sql-lists.ts';
import { counted } from '../report/format.ts';
import type { Warehouse } from '../warehouse.ts';
import type { Disagreement } from './disagreement.ts';
import { rowIdsOf } from './row-ids.ts';

export interface KeptLog {
  /** As `log_object` of its rows has it. */
  readonly name: string;
  /** So young that its ingest may not have ended. */
  readonly isArriving: boolean;
  read(): LogSource | Promise<LogSource>;
}

export interface LogsHost {
  readonly warehouse: Warehouse;
  /** Text of sql/verify/rows.sql. */
  readonly rows: string;
  readonly settings: IngestSettings;
  /** First day whose rows are kept. */
  readonly keptFrom: string;
}

/** Ids of 19 digits and a sign: a list of so many is far below what a statement may be long. */
const IDS_PER_STATEMENT = 5_000;

/**
 * What is wrong with objects of which no row, fresh file or quarantined copy was found by name. One without lines has no
 * rows, and the loads of one may all have come with another object: CloudFront may tell a request twice.
 */
export async function strayLogs(logs: readonly KeptLog[], host: LogsHost): Promise<readonly Disagreement[]> {
  const found: Disagreement[] = [];
  for (const log of logs) {
    const got = await missingOf(log, host);
    if (got !== null) found.push({ place: 'logs', day: null, of: log.name, ...got });
  }
  return found;
}

async function missingOf(
  log: KeptLog,
  host: LogsHost,
): Promise<Pick<Disagreement, 'expected' | 'got'> | null> {
  const days = await readIds(log, host.settings);
  if (days === null) return { expected: 'a copy in quarantine', got: 'none, and it cannot be parsed' };
  let rows = 0;
  let there = 0;
  for (const [day, ids] of days) {
    if (day < host.keptFrom && day !== UNDATED) continue;
    rows += ids.size;
    for (const some of chunksOf([...ids], IDS_PER_STATEMENT)) {
      const answer = await host.warehouse.query(fillLists(host.rows, { days: [day], ids: some }));
      there += answer.length;
    }
  }
  return rows === there ? null : { expected: `${counted(rows, 'row')} in events`, got: `${there}` };
}

async function readIds(
  log: KeptLog,
  settings: IngestSettings,
): Promise<ReadonlyMap<string, ReadonlySet<string>> | null> {
  try {
    return await rowIdsOf(log.name, await log.read(), settings);
  } catch (error) {
    if (error instanceof LogError) return null;
    throw error;
  }
}
