import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestLog } from '../core/ingest.ts';
import { EVENT_COLUMNS } from '../core/schema.ts';
import type { Warehouse } from '../core/warehouse.ts';
import { openWarehouse } from '../local/duckdb.ts';
import { type Home, homeAt } from '../local/home.ts';
import { mergeFresh } from '../local/merge.ts';
import { reportSql } from '../local/sql-texts.ts';
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
  const monthOfLogs = raw * MONTH;
  const read = report.bytes * report.statements * READ;
  print(
    `\nweekly report, ${MONTH} days of so many loads: ${report.statements} statements read ${READ} days of daily`,
  );
  print(
    `daily is ${Math.round(report.bytes)} bytes of Parquet a day; read whole by each they are 1/${Math.round(monthOfLogs / read)} of the raw logs`,
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

/** Bytes of `daily` as Iceberg keeps it, for all lines on one day; and the statements of a report, which read it. */
async function reportBytes(home: Home): Promise<{ readonly bytes: number; readonly statements: number }> {
  const file = join(home.root, 'daily.parquet');
  await within(home, (warehouse) => warehouse.run(`copy daily to '${file}' (format parquet, codec zstd)`));
  return { bytes: statSync(file).size, statements: Object.keys(reportSql()).length };
}

const sizeOf = ({ database }: Home): number => statSync(database).size;
const folderBytes = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
