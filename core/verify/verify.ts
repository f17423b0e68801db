/** `clearpixel verify`: whether log objects, fresh files, `events` and the counts say the same. Reads only. */
import { FIRST_DAY, LAST_DAY } from '../day.ts';
import { freshHash, freshHashIn } from '../fresh-name.ts';
import type { IngestSettings } from '../ingest-settings.ts';
import { UNDATED } from '../merge/due.ts';
import type { MergeSql } from '../merge/plan.ts';
import type { FreshFiles } from '../merge/run.ts';
import { fillLists } from '../merge/sql-lists.ts';
import { readWaiting, type Waiting } from '../state/waiting.ts';
import type { Row, Warehouse } from '../warehouse.ts';
import { type CountSql, compareCopies, compareCounts } from './count-tables.ts';
import type { Disagreement } from './disagreement.ts';
import { type KeptLog, strayLogs } from './log-objects.ts';

/** Texts of sql/verify, by file name. */
export interface VerifySql {
  readonly tableDays: string;
  readonly doubled: string;
  readonly objects: string;
  readonly rows: string;
}

export interface VerifyHost {
  readonly warehouse: Warehouse;
  readonly merge: CountSql & Pick<MergeSql, 'days'>;
  readonly sql: VerifySql;
  /** As an ingest has them: they find the rows of a log object whose name stands nowhere. */
  readonly settings: IngestSettings;
  readonly fresh: Pick<FreshFiles, 'list' | 'open'>;
  /** Log objects that are still there, and the first day on which their rows are looked for by name. */
  logs(): Promise<{ readonly objects: readonly KeptLog[]; readonly firstDay: string }>;
  /** Names of those that could not be parsed. */
  quarantined(): Promise<ReadonlySet<string>>;
  /** First day whose events are kept; what older lines a log has is left out. */
  readonly keptFrom: string;
}

export interface Verified {
  /** Days that were compared, sorted. */
  readonly days: readonly string[];
  /** Lines of these days. */
  readonly lines: number;
  /** Days whose events are gone: only their counts are left. */
  readonly countedOnly: number;
  readonly logs: number;
  /** Logs whose ingest may not have ended. */
  readonly arriving: number;
  readonly fresh: number;
  readonly quarantined: number;
  readonly disagreements: readonly Disagreement[];
}

export async function verify(host: VerifyHost, since: string = FIRST_DAY): Promise<Verified> {
  const { warehouse, merge, sql } = host;
  // In the order in which rows move, so that what moves meanwhile is found further on.
  const logs = await host.logs();
  const quarantined = await host.quarantined();
  const waiting = await readWaiting(warehouse, merge, host.fresh);
  const stray = await strayOf(host, logs, quarantined, waiting);
  const rows = await warehouse.query(fillLists(sql.tableDays, { days: [since, LAST_DAY] }));
  const { compared, oldest } = comparable(rows);
  const days = compared.map(({ dt }) => String(dt));
  const counts = { warehouse, merge, doubled: sql.doubled };
  return {
    days,
    lines: compared.reduce((sum, row) => sum + Number(row['daily_lines']), 0),
    countedOnly: rows.length - compared.length,
    logs: logs.objects.length,
    arriving: stray.filter(({ isArriving }) => isArriving).length,
    fresh: waiting.files.length,
    quarantined: quarantined.size,
    disagreements: [
      ...(await strayLogs(
        stray.filter(({ isArriving }) => !isArriving),
        { ...host, rows: sql.rows },
      )),
      ...(await unread(host, waiting)),
      ...(await compareCounts(counts, days)),
      ...(await compareCopies(counts, days, rows.length > compared.length ? oldest : FIRST_DAY)),
    ],
  };
}

/** Counts outlive events, so only days since the oldest day of events can be compared. */
function comparable(rows: readonly Row[]): { readonly compared: readonly Row[]; readonly oldest: string } {
  const dayOf = (row: Row): string => String(row['dt']);
  // The undated say nothing of how far back events goes.
  const held = rows.filter((row) => Number(row['event_rows']) > 0).map(dayOf);
  const oldest = held.find((day) => day !== UNDATED) ?? FIRST_DAY;
  return { oldest, compared: rows.filter((row) => dayOf(row) >= oldest || held.includes(dayOf(row))) };
}

/** Logs whose name stands in no row, no fresh file and not in quarantine. */
async function strayOf(
  host: VerifyHost,
  { objects, firstDay }: Awaited<ReturnType<VerifyHost['logs']>>,
  quarantined: ReadonlySet<string>,
  waiting: Waiting,
): Promise<readonly KeptLog[]> {
  if (objects.length === 0) return [];
  const range = { days: [firstDay, LAST_DAY] };
  const rows = await host.warehouse.query(fillLists(host.sql.objects, range));
  const named = new Set(rows.map((row) => row['log_object']));
  const hashes = new Set(waiting.files.map(freshHashIn));
  return objects.filter(
    ({ name }) => !named.has(name) && !quarantined.has(name) && !hashes.has(freshHash(name)),
  );
}

/** Each fresh file has rows; one that was merged meanwhile is no longer there. */
async function unread({ fresh }: VerifyHost, { files, rows }: Waiting): Promise<readonly Disagreement[]> {
  const seen = new Set(rows.map((row) => row['file']));
  if (files.every((file) => seen.has(file))) return [];
  const left = new Set(await fresh.list());
  return files
    .filter((file) => !seen.has(file) && left.has(file))
    .map((of) => ({ place: 'fresh', day: null, of, expected: 'rows', got: 'none that the engine finds' }));
}
