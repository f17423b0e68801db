import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  assertMerged,
  type CheckFigures,
  daysOf,
  groupFiles,
  MERGE_LIMITS,
  type MergeLimits,
  type MergeStatements,
  planStatements,
} from '../core/merge-plan.ts';
import { EVENT_COLUMNS } from '../core/schema.ts';
import type { Warehouse } from '../core/warehouse.ts';
import type { Home } from './home.ts';
import { mergeSql } from './sql-texts.ts';
import { inTurn } from './turns.ts';

export interface Merged {
  /** Fresh files that were merged and deleted. */
  readonly files: number;
  /** Rows that are new in `events`. */
  readonly inserted: number;
  /** Rows of the files that were there already. */
  readonly duplicates: number;
  /** Days that were counted again, sorted. */
  readonly days: readonly string[];
}

export type MergeStep = 'listed' | 'inserted' | 'counted' | 'checked' | 'deleted';

export interface MergeOptions {
  readonly limits?: MergeLimits;
  /** Called after each step; tests crash there. */
  readonly onStep?: (step: MergeStep) => void;
}

/** Brings the fresh files into `events`, counts their days, checks, and deletes exactly those files. */
export function mergeFresh(warehouse: Warehouse, home: Home, options: MergeOptions = {}): Promise<Merged> {
  // Other processes wait for the database file.
  return inTurn(`merge ${home.database}`, () => mergeAll(warehouse, home, options));
}

async function mergeAll(warehouse: Warehouse, home: Home, options: MergeOptions): Promise<Merged> {
  const merged = { files: 0, inserted: 0, duplicates: 0, days: new Set<string>() };
  for (const files of groupFiles(freshFiles(home), options.limits)) {
    for (const { inserted, duplicates, days } of await mergeGroup(warehouse, home, files, options)) {
      merged.inserted += inserted;
      merged.duplicates += duplicates;
      for (const day of days) merged.days.add(day);
    }
    merged.files += files.length;
  }
  return { ...merged, days: [...merged.days].sort() };
}

interface Chunk {
  readonly inserted: number;
  readonly duplicates: number;
  readonly days: readonly string[];
}

async function mergeGroup(
  warehouse: Warehouse,
  home: Home,
  files: readonly string[],
  { limits = MERGE_LIMITS, onStep = () => {} }: MergeOptions,
): Promise<readonly Chunk[]> {
  const sql = mergeSql();
  await warehouse.run(freshView(home, files));
  const days = (await warehouse.query(daysOf(sql, files))).map((row) => String(row['dt']));
  onStep('listed');
  const chunks: Chunk[] = [];
  for (const statements of planStatements(sql, files, days, limits)) {
    chunks.push(await mergeDays(warehouse, statements, onStep));
  }
  for (const file of files) rmSync(pathOf(home, file), { force: true });
  onStep('deleted');
  return chunks;
}

async function mergeDays(
  warehouse: Warehouse,
  { days, check, insert, count }: MergeStatements,
  onStep: (step: MergeStep) => void,
): Promise<Chunk> {
  const before = await figuresOf(warehouse, check);
  if (before.missing > 0) await warehouse.run(insert);
  onStep('inserted');
  await warehouse.run(count);
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

/** Names as statements list them: below the prefix that they would have in the data bucket. */
function freshFiles(home: Home): readonly string[] {
  if (!existsSync(home.fresh)) return [];
  return readdirSync(home.fresh)
    .filter((name) => name.endsWith('.parquet'))
    .sort()
    .map((name) => `fresh/${name}`);
}

const pathOf = (home: Home, file: string): string => join(home.fresh, file.slice('fresh/'.length));

/**
 * Gives `fresh` the shape that it has on Athena, "$path" included. The empty select of `events` comes first so that
 * files written before a column was added read it as null.
 */
function freshView(home: Home, files: readonly string[]): string {
  const columns = EVENT_COLUMNS.map(({ name }) => name).join(', ');
  const paths = files.map((file) => `'${pathOf(home, file).replaceAll("'", "''")}'`).join(', ');
  return `create or replace temp view fresh as
select ${columns}, 'fresh/' || parse_filename(filename) as "$path"
from (
  select ${columns}, '' as filename from events where false
  union all by name
  select * from read_parquet([${paths}], filename = true, union_by_name = true)
)`;
}
