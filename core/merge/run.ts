/** Carries out a merge on any warehouse: group by group, days by days, and deletes only what was found in events. */

import type { IsForgotten } from '../registry/forgotten.ts';
import type { Row, Warehouse } from '../warehouse.ts';
import { countDays } from './count.ts';
import { type Due, isKept, NOTHING_DUE } from './due.ts';
import { forgetOn } from './forget.ts';
import { livesOpen } from './lives.ts';
import {
  assertMerged,
  CheckFailed,
  type CheckFigures,
  daysStatement,
  groupFiles,
  MERGE_LIMITS,
  type MergeLimits,
  type MergeSql,
  type MergeStatements,
  planStatements,
} from './plan.ts';

export interface Merged {
  /** Fresh files that were merged and deleted. */
  readonly files: number;
  /** Rows that are new in `events`. */
  readonly inserted: number;
  /** Rows of the files that were there already. */
  readonly duplicates: number;
  /** Rows of days whose events have expired: they are left out. */
  readonly tooOld: number;
  /** Days that were counted again, sorted. */
  readonly days: readonly string[];
}

export type MergeStep = 'listed' | 'inserted' | 'counted' | 'checked' | 'deleted';

/** Where fresh files lie. */
export interface FreshFiles {
  /** Paths as "$path" names them. */
  list(): Promise<readonly string[]>;
  /** Makes a group readable, where the engine does not read the folder by itself. */
  open?(files: readonly string[]): Promise<void>;
  remove(files: readonly string[]): Promise<void>;
}

export interface MergeOptions {
  readonly limits?: MergeLimits;
  /** What the age of a day asks of the rows that come for it. @default nothing is old */
  readonly due?: Due;
  /** Tokens that rows lose again which a replay or a late file brings. @default null, none was ever forgotten */
  readonly isForgotten?: IsForgotten | null;
  /** Told the days of a group before a statement writes to them. */
  readonly beforeWrite?: (days: readonly string[]) => Promise<void>;
  /** Called after each step; tests crash there. */
  readonly onStep?: (step: MergeStep) => void;
}

/** Brings the fresh files into `events`, counts their days, checks, and deletes exactly those files. */
export async function runMerge(
  warehouse: Warehouse,
  sql: MergeSql,
  fresh: FreshFiles,
  options: MergeOptions = {},
): Promise<Merged> {
  const merged = { files: 0, inserted: 0, duplicates: 0, tooOld: 0, days: new Set<string>() };
  for (const files of groupFiles(await fresh.list(), options.limits)) {
    const { chunks, tooOld } = await mergeGroup(warehouse, sql, fresh, files, options);
    for (const { inserted, duplicates, days } of chunks) {
      merged.inserted += inserted;
      merged.duplicates += duplicates;
      for (const day of days) merged.days.add(day);
    }
    merged.tooOld += tooOld;
    merged.files += files.length;
  }
  return { ...merged, days: [...merged.days].sort() };
}

interface Chunk {
  readonly inserted: number;
  readonly duplicates: number;
  readonly days: readonly string[];
}

interface Group {
  readonly chunks: readonly Chunk[];
  readonly tooOld: number;
}

async function mergeGroup(
  warehouse: Warehouse,
  sql: MergeSql,
  fresh: FreshFiles,
  files: readonly string[],
  {
    limits = MERGE_LIMITS,
    due = NOTHING_DUE,
    isForgotten = null,
    beforeWrite,
    onStep = () => {},
  }: MergeOptions,
): Promise<Group> {
  await fresh.open?.(files);
  const found = await warehouse.query(daysStatement(sql, files));
  assertFound(files, found);
  onStep('listed');
  const kept = found.filter((row) => isKept(String(row['dt']), due));
  const days = kept.map((row) => String(row['dt']));
  await beforeWrite?.(days);
  const age = { ...due, livesOpen: await livesOpen(warehouse, sql, days, due) };
  const chunks: Chunk[] = [];
  for (const statements of planStatements(sql, files, days, age, limits)) {
    chunks.push(await mergeDays(warehouse, sql, statements, { isForgotten, due, onStep }));
  }
  assertRead(kept, chunks);
  await fresh.remove(files);
  onStep('deleted');
  return { chunks, tooOld: rowsOf(found) - rowsOf(kept) };
}

/** Every fresh file has rows, so one that the engine does not see is unread: deleting it would lose them. */
function assertFound(files: readonly string[], found: readonly Row[]): void {
  const seen = new Set(found.map((row) => row['file']));
  const unseen = files.filter((file) => !seen.has(file));
  if (unseen.length === 0) return;
  throw new Error(
    `the engine finds no row of ${unseen.length} of ${files.length} fresh files, first ${unseen[0]}: they are kept, ` +
      'run the merge again',
  );
}

/** What was merged is what was found: nothing vanished in between. */
function assertRead(found: readonly Row[], chunks: readonly Chunk[]): void {
  const rows = rowsOf(found);
  const read = chunks.reduce((sum, { inserted, duplicates }) => sum + inserted + duplicates, 0);
  if (rows === read) return;
  throw new CheckFailed(
    `the fresh files held ${rows} rows, the merge read ${read}: they are kept, run the merge again`,
  );
}

const rowsOf = (found: readonly Row[]): number =>
  found.reduce((sum, row) => sum + Number(row['row_count']), 0);

async function mergeDays(
  warehouse: Warehouse,
  sql: MergeSql,
  { days, check, insert }: MergeStatements,
  { isForgotten, due, onStep }: Required<Pick<MergeOptions, 'isForgotten' | 'due' | 'onStep'>>,
): Promise<Chunk> {
  const before = await figuresOf(warehouse, check);
  if (before.missing > 0) await warehouse.run(insert);
  onStep('inserted');
  await forgetOn(warehouse, sql, days, isForgotten);
  await countDays(warehouse, sql, days, due);
  onStep('counted');
  assertMerged(await figuresOf(warehouse, check), days);
  onStep('checked');
  return { inserted: before.missing, duplicates: before.fresh_rows - before.missing, days };
}

async function figuresOf(warehouse: Warehouse, check: string): Promise<CheckFigures> {
  const [row = {}] = await warehouse.query(check);
  const figure = (name: keyof CheckFigures): number => Number(row[name]);
  return {
    fresh_rows: figure('fresh_rows'),
    fresh_loads: figure('fresh_loads'),
    missing: figure('missing'),
    doubled: figure('doubled'),
  };
}
