import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FreshFiles, type Merged, type MergeOptions, runMerge } from '../core/merge/run.ts';
import { EVENT_COLUMNS } from '../core/schema.ts';
import type { Warehouse } from '../core/warehouse.ts';
import { forgottenIn } from './forgotten-file.ts';
import type { Home } from './home.ts';
import { mergeSql } from './sql-texts.ts';
import { inTurn } from './turns.ts';

/** Brings the fresh files into `events`, counts their days, checks, and deletes exactly those files. */
export function mergeFresh(warehouse: Warehouse, home: Home, options: MergeOptions = {}): Promise<Merged> {
  // Other processes wait for the database file.
  return inTurn(`merge ${home.database}`, () =>
    runMerge(warehouse, mergeSql(), freshFiles(warehouse, home), {
      isForgotten: forgottenIn(home),
      ...options,
    }),
  );
}

const PREFIX = 'fresh/';

/** Files by the names that statements list: below the prefix that they would have in the data bucket. */
export function freshFiles(warehouse: Warehouse, home: Home): FreshFiles {
  const pathOf = (file: string): string => join(home.fresh, file.slice(PREFIX.length));
  return {
    list: async () => parquetFiles(home.fresh).map((name) => `${PREFIX}${name}`),
    open: (files) => warehouse.run(freshView(files.map(pathOf))),
    remove: async (files) => {
      for (const file of files) rmSync(pathOf(file), { force: true });
    },
  };
}

/** Oldest first, as a deployed merge takes them. */
const parquetFiles = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.parquet'))
        .sort()
        .map((name) => ({ name, writtenMs: statSync(join(folder, name)).mtimeMs }))
        .sort((one, other) => one.writtenMs - other.writtenMs)
        .map(({ name }) => name)
    : [];

/**
 * Gives `fresh` the shape that it has on Athena, "$path" included. The empty select of `events` comes first so that
 * files written before a column was added read it as null.
 */
function freshView(paths: readonly string[]): string {
  const columns = EVENT_COLUMNS.map(({ name }) => name).join(', ');
  const listed = paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ');
  return `create or replace temp view fresh as
select ${columns}, '${PREFIX}' || parse_filename(filename) as "$path"
from (
  select ${columns}, '' as filename from events where false
  union all by name
  select * from read_parquet([${listed}], filename = true, union_by_name = true)
)`;
}
