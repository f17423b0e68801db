/** What is known of each day: whether more may come, what waits, what its counts hold. */
import { sealedOn } from '../merge/due.ts';
import type { Row } from '../warehouse.ts';
import { dayInterval, type ZoneHistory } from '../zones.ts';

/** open: the day is not over. merged: it is, and late lines still come with hashes. sealed: they come without. */
export type State = 'open' | 'merged' | 'sealed';

export interface DayState {
  readonly day: string;
  readonly state: State;
  /** Fresh files that hold rows of this day. */
  readonly fresh: number;
  readonly lines: number;
  /** Loads, a row each; with the drops they add up to the lines. */
  readonly rows: number;
  readonly drops: number;
  /** Sorted. */
  readonly rulesets: readonly string[];
  /** Of `events`; null where the warehouse keeps no files of a day. */
  readonly files: number | null;
  readonly bytes: number | null;
}

export interface DayRows {
  /** Answers of sql/verify/day_counts.sql. */
  readonly counts: readonly Row[];
  /** Answers of sql/merge/days.sql. */
  readonly fresh: readonly Row[];
  /** A row per day that has files, with `files` and `bytes`; null where the warehouse has none. */
  readonly files: readonly Row[] | null;
}

export function stateOf(day: string, now: number, zones: ZoneHistory): State {
  if (now < dayInterval(day, zones).untilMs) return 'open';
  return day <= sealedOn(now, zones) ? 'sealed' : 'merged';
}

/** One entry for each day that has a count, a fresh file or a file of the table; sorted. */
export function dayStates({ counts, fresh, files }: DayRows, now: number, zones: ZoneHistory) {
  const days = new Set([...counts, ...fresh, ...(files ?? [])].map(dayOfRow));
  const countsOf = Map.groupBy(counts, dayOfRow);
  const freshOf = Map.groupBy(fresh, dayOfRow);
  const filesOf = Map.groupBy(files ?? [], dayOfRow);
  return [...days].sort().map((day): DayState => {
    const own = countsOf.get(day) ?? [];
    const lines = sumOf(own, 'lines');
    const rows = sumOf(own, 'loads');
    return {
      day,
      state: stateOf(day, now, zones),
      fresh: freshOf.get(day)?.length ?? 0,
      lines,
      rows,
      drops: lines - rows,
      rulesets: own.map((row) => String(row['ruleset'])).filter((ruleset) => ruleset !== ''),
      files: files === null ? null : sumOf(filesOf.get(day) ?? [], 'files'),
      bytes: files === null ? null : sumOf(filesOf.get(day) ?? [], 'bytes'),
    };
  });
}

const dayOfRow = (row: Row): string => String(row['dt']);

const sumOf = (rows: readonly Row[], name: string): number =>
  rows.reduce((sum, row) => sum + Number(row[name]), 0);
