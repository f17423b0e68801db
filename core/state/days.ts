/** `clearpixel days`: asks a warehouse for the state of its days, and tells them. */
import { FIRST_DAY, LAST_DAY } from '../day.ts';
import type { MergeSql } from '../merge/plan.ts';
import type { FreshFiles } from '../merge/run.ts';
import { fillLists } from '../merge/sql-lists.ts';
import { counted } from '../report/format.ts';
import { tableLines } from '../table-lines.ts';
import type { Terminal } from '../terminal.ts';
import type { Row, Warehouse } from '../warehouse.ts';
import type { ZoneHistory } from '../zones.ts';
import { type DayState, dayStates } from './day-states.ts';
import { readWaiting } from './waiting.ts';

export interface DaysHost {
  readonly warehouse: Warehouse;
  readonly merge: Pick<MergeSql, 'days'>;
  /** Text of sql/verify/day_counts.sql. */
  readonly counts: string;
  readonly fresh: Pick<FreshFiles, 'list' | 'open'>;
  /** Files of `events` by day; null where a warehouse keeps none. */
  readonly files: ((firstDay: string, lastDay: string) => Promise<readonly Row[]>) | null;
  readonly zones: ZoneHistory;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface DaysWish {
  readonly since?: string;
  readonly until?: string;
}

/** The days asked for, both ends included. */
export async function readDays(
  { warehouse, merge, counts, fresh, files, zones, now }: DaysHost,
  { since = FIRST_DAY, until = LAST_DAY }: DaysWish,
): Promise<readonly DayState[]> {
  const waiting = await readWaiting(warehouse, merge, fresh);
  const asked = waiting.rows.filter(({ dt }) => since <= String(dt) && String(dt) <= until);
  const rows = await warehouse.query(fillLists(counts, { days: [since, until] }));
  const stored = files === null ? null : await files(since, until);
  return dayStates({ counts: rows, fresh: asked, files: stored }, now, zones);
}

const HEAD = ['day', 'state', 'waiting', 'lines', 'rows', 'drops', 'files', 'size', 'rulesets'] as const;

/** A table for people, or one JSON object a day. */
export function tellDays(days: readonly DayState[], terminal: Terminal): void {
  if (terminal.json) for (const day of days) terminal.print(JSON.stringify(day));
  else for (const line of tableLines([HEAD, ...days.map(cellsOf)])) terminal.print(line);
  const inState = (state: DayState['state']) => days.filter((day) => day.state === state).length;
  terminal.warn(
    `${counted(days.length, 'day')}: ${inState('open')} open, ${inState('merged')} merged, ${inState('sealed')} sealed`,
  );
}

const cellsOf = ({ day, state, fresh, lines, rows, drops, files, bytes, rulesets }: DayState) => [
  day,
  state,
  ...[fresh, lines, rows, drops].map(String),
  files === null ? '-' : String(files),
  bytes === null ? '-' : `${(bytes / 1e6).toFixed(2)} MB`,
  rulesets.join(' ') || '-',
];
