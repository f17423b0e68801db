import { readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectReport } from '../core/report/collect.ts';
import { daysOf } from '../core/report/period.ts';
import { EVENT_COLUMNS } from '../core/schema.ts';
import { VIEWS } from '../core/views.ts';
import type { Warehouse } from '../core/warehouse.ts';
import { openWarehouse } from '../local/duckdb.ts';
import { type Home, homeAt } from '../local/home.ts';
import { mergeFresh } from '../local/merge.ts';
import { reportSql, viewSql } from '../local/sql-texts.ts';
import { withWarehouse } from '../local/with-warehouse.ts';
import { type BenchSet, makeSet } from './data.ts';
import { ingestFolder } from './ingest-folder.ts';

/** Days of logs that a report is held against. */
const MONTH = 30;
/** A week that holds the days of the logs. */
const WEEK = { from: '2026-11-16', until: '2026-11-22' };
/** How many times the merged rows the days hold when the second merge comes. */
const FULL = 10;

/** Prints what a merge costs against the ingest of the same lines, and what a weekly report reads against the raw logs. */
export async function benchMerge(lines: number): Promise<void> {
  const set = makeSet('v2', lines);
  const home = homeAt(join(tmpdir(), 'clearpixel-bench', 'merge'));
  rmSync(home.root, { recursive: true, force: true });
  const ingest = await timed(() => ingestSet(set, home));
  const empty = await timed(() => merge(home));
  const report = await readOfReport(home);
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
  const against = (days: number): string => ((raw * days) / report.bytes).toFixed(0);
  print(`\nweekly report: daily has ${report.cells} cells for these lines; were they those of each day,`);
  print(
    `it would read 1/${against(MONTH)} of the raw logs of ${MONTH} days, 1/${against(daysOf(WEEK).length)} of those of its week`,
  );
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const ratio = (part: number, whole: number): string => (part / whole).toFixed(2);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const ingestSet = ({ name, folder }: BenchSet, home: Home): Promise<number> =>
  ingestFolder(name, folder, home.fresh);

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

interface ReportRead {
  /** Of `daily`, for all lines. */
  readonly cells: number;
  /** What the statements of a weekly report read of `daily`, were all lines those of each of its days. */
  readonly bytes: number;
}

/** Asks for a report as the product does, and adds up the columns that each statement names, day by day. */
async function readOfReport(home: Home): Promise<ReportRead> {
  const file = join(home.root, 'daily.parquet');
  return within(home, async (warehouse) => {
    await warehouse.run(`copy daily to '${file}' (format parquet, codec zstd)`);
    const columns = await warehouse.query(
      `select path_in_schema as name, sum(total_compressed_size) as bytes, sum(num_values) as cells
       from parquet_metadata('${file}') group by 1`,
    );
    let bytes = 0;
    const query: Warehouse['query'] = (sql, parameters = []) => {
      const [from = '', until = ''] = parameters;
      const text = withViews(sql);
      const read = columns.filter(({ name }) => readsColumn(text, String(name)));
      const aDay = read.reduce((sum, column) => sum + Number(column['bytes']), 0);
      bytes += aDay * daysOf({ from, until }).length;
      return warehouse.query(sql, parameters);
    };
    await collectReport({ ...warehouse, query }, reportSql(), WEEK, { smallNumber: 10 });
    return { cells: Number(columns[0]?.['cells']), bytes };
  });
}

/** A report with the texts of the views that it reads, and of those that these read. */
function withViews(sql: string): string {
  const view = VIEWS.find(({ name }) => new RegExp(`\\bfrom ${name}\\b`).test(sql));
  return view === undefined ? sql : `${sql}\n${withViews(viewSql(view.name))}`;
}

/** Whether a column of daily stands in a text; what reads other tables alone reads none. */
const readsColumn = (sql: string, name: string): boolean =>
  /\bfrom daily\b/.test(sql) && new RegExp(`\\b${name}\\b`).test(sql);

const sizeOf = ({ database }: Home): number => statSync(database).size;
const folderBytes = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
