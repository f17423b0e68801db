import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestLog } from '../core/ingest.ts';
import { EVENT_COLUMNS } from '../core/schema.ts';
import type { Warehouse } from '../core/warehouse.ts';
import { openWarehouse } from '../local/duckdb.ts';
import { type Home, homeAt } from '../local/home.ts';
import { mergeFresh } from '../local/merge.ts';
import { reportSql, viewSql } from '../local/sql-texts.ts';
import { withWarehouse } from '../local/with-warehouse.ts';
import { type BenchSet, makeSet } from './data.ts';
import { benchSettings } from './ingest-folder.ts';

/** Days with loads in a month, and days that a weekly report reads: its own week and the one before. */
const MONTH = 30;
const READ = 14;
/** How many times the merged rows the days hold when the second merge comes. */
const FULL = 10;

/** Prints what a merge costs against the ingest of the same lines, and what a weekly report reads against the raw logs. */
export async function benchMerge(lines: number): Promise<void> {
  const set = makeSet('v2', lines);
  const home = homeAt(join(tmpdir(), 'clearpixel-bench', 'merge'));
  rmSync(home.root, { recursive: true, force: true });
  const ingest = await timed(() => ingestSet(set, home));
  const empty = await timed(() => merge(home));
  const report = await reportBytes(home);
  await fill(home);
  await ingestSet(set, home);
  const before = sizeOf(home);
  const full = await timed(() => merge(home));
  const grown = sizeOf(home) - before;
  rmSync(home.root, { recursive: true, force: true });

  const raw = folderBytes(set.folder);
  print(`\nmerge: ${lines} rows, DuckDB, all cores; the ingest of the same lines is 1`);
  print(`into empty days          ${ratio(empty, ingest)} x the ingest`);
  print(
    `into days of ${FULL} times as many  ${ratio(full, ingest)} x the ingest, the database grows by ${ratio(grown, raw)} x the raw logs`,
  );
  const part = (raw * MONTH) / (report.bytes * READ);
  print(`\nweekly report, ${MONTH} days of so many loads: daily has ${report.cells} cells a day`);
  print(
    `of their columns its statements read 1/${part.toFixed(0)} of the raw logs' bytes, ${READ} days each`,
  );
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const ratio = (part: number, whole: number): string => (part / whole).toFixed(2);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function ingestSet({ folder }: BenchSet, home: Home): Promise<void> {
  mkdirSync(home.fresh, { recursive: true });
  const settings = benchSettings('v2');
  for (const name of readdirSync(folder))
    await ingestLog({ name, bytes: readFileSync(join(folder, name)) }, settings, (file) =>
      writeFileSync(join(home.fresh, file.name), file.bytes),
    );
}

const within = <Result>(home: Home, work: (warehouse: Warehouse) => Promise<Result>): Promise<Result> =>
  withWarehouse(() => openWarehouse(home), work);

const merge = (home: Home): Promise<unknown> => within(home, (warehouse) => mergeFresh(warehouse, home));

/** Many other loads of the same shape in place of the merged ones, so that these are new again. */
const fill = (home: Home): Promise<void> =>
  within(home, async (warehouse) => {
    const changed: Readonly<Record<string, string>> = {
      load_id: 'cast(hash(load_id, n) >> 1 as bigint)',
      log_object: "'copy of ' || log_object",
    };
    const values = EVENT_COLUMNS.map(({ name }) => changed[name] ?? name);
    await warehouse.run(
      `insert into events select ${values.join(', ')} from events, range(${FULL}) as copies(n)`,
    );
    await warehouse.run("delete from events where log_object not like 'copy of %'");
    await warehouse.run('checkpoint');
  });

/** What the statements of a weekly report read of `daily`: of all lines on one day, as Iceberg would keep it. */
async function reportBytes(home: Home): Promise<{ readonly cells: number; readonly bytes: number }> {
  const file = join(home.root, 'daily.parquet');
  return within(home, async (warehouse) => {
    await warehouse.run(`copy daily to '${file}' (format parquet, codec zstd)`);
    const columns = await warehouse.query(
      `select path_in_schema as name, sum(total_compressed_size) as bytes, max(row_group_num_rows) as cells
       from parquet_metadata('${file}') group by 1`,
    );
    const bytes = Object.values(reportSql())
      .flatMap((sql) => columns.filter(({ name }) => readsColumn(withViews(sql), String(name))))
      .reduce((sum, column) => sum + Number(column['bytes']), 0);
    return { cells: Number(columns[0]?.['cells']), bytes };
  });
}

/** A report with the texts of the views that it reads. */
const withViews = (sql: string): string =>
  [sql, ...COUNT_VIEWS.filter((view) => sql.includes(`from ${view}`)).map(viewSql)].join('\n');
const COUNT_VIEWS = ['campaign_daily', 'context_daily', 'automated_daily', 'data_quality'];

/** Whether a column of daily stands in a text; what reads CloudFront's own counts reads none. */
const readsColumn = (sql: string, name: string): boolean =>
  /\bdaily\b/.test(sql) && new RegExp(`\\b${name}\\b`).test(sql);

const sizeOf = ({ database }: Home): number => statSync(database).size;
const folderBytes = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
