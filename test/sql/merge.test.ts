import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MERGE_LIMITS } from '../../core/merge/plan.ts';
import type { MergeOptions, MergeStep } from '../../core/merge/run.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import { openWarehouse } from '../../local/duckdb.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { mergeFresh } from '../../local/merge.ts';
import { withWarehouse } from '../../local/with-warehouse.ts';
import { RANDOM_DAYS, randomLoads } from './random-loads.ts';

// A quote and a space: people name folders as they like.
const root = mkdtempSync(join(tmpdir(), "o'merge "));
let files: readonly string[];
let expected: Awaited<ReturnType<typeof tables>>;

beforeAll(async () => {
  files = await writeFiles();
  const smooth = newHome();
  deliver(smooth, files);
  await merge(smooth);
  expected = await tables(smooth);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const newHome = (name = `home-${readdirSync(root).length}`): Home => {
  const home = homeAt(join(root, name));
  mkdirSync(home.fresh, { recursive: true });
  mkdirSync(home.registry, { recursive: true });
  // Two campaigns with copies over their lives, so that each merge counts some.
  writeFileSync(join(home.registry, 'campaigns.csv'), 'id,copies\na,campaign\nb,campaign\nc,day\n');
  return home;
};

const within = <Result>(home: Home, work: (warehouse: Warehouse) => Promise<Result>): Promise<Result> =>
  withWarehouse(() => openWarehouse(home), work);

/** Six files of 500 rows; the last three hold rows of the first three too. */
async function writeFiles(): Promise<readonly string[]> {
  const home = newHome('source');
  await within(home, async (warehouse) => {
    const loads = `(${randomLoads(1500)})`;
    for (const part of [0, 1, 2]) {
      const rows = (from: number): string =>
        `select * from ${loads} where abs(load_id % 6) in (${from}, ${from + 1}) or (dt = '${RANDOM_DAYS[0]}' and abs(load_id % 6) = ${(from + 2) % 6})`;
      const file = join(home.fresh, `${part}.parquet`).replaceAll("'", "''");
      await warehouse.run(`copy (${rows(part * 2)}) to '${file}' (format parquet)`);
    }
  });
  return readdirSync(home.fresh).sort();
}

function deliver(home: Home, files: readonly string[], prefix = ''): void {
  for (const file of files)
    copyFileSync(join(root, 'source', 'fresh', file), join(home.fresh, `${prefix}${file}`));
}

const merge = (home: Home, options?: MergeOptions) =>
  within(home, (warehouse) => mergeFresh(warehouse, home, options));

/** All tables in an order of their own; a load that two objects brought keeps either of them. */
const tables = (home: Home) =>
  within(home, async (warehouse) => ({
    events: await warehouse.query('select * from events order by dt, load_id'),
    daily: await warehouse.query('select * from daily where lines > 0 order by all'),
    copies: await warehouse.query('select * from copies where messages > 0 order by all'),
  }));

describe('a merge', () => {
  test('brings rows in once, counts their days and deletes exactly the files it listed', async () => {
    const home = newHome();
    deliver(home, files);
    writeFileSync(join(home.fresh, 'half.parquet.part'), 'being written');
    const merged = await merge(home);
    expect(merged).toMatchObject({ files: 3, inserted: 1500, days: RANDOM_DAYS });
    expect(merged.duplicates).toBeGreaterThan(100);
    expect(readdirSync(home.fresh)).toEqual(['half.parquet.part']);
    const { events, daily, copies } = await tables(home);
    expect(events).toHaveLength(1500);
    expect(new Set(copies.map((row) => row['campaign']))).toEqual(new Set(['a', 'b']));
    const lines = (rows: typeof daily): number => rows.reduce((sum, row) => sum + Number(row['lines']), 0);
    expect(lines(daily)).toBe(lines(events));
  });

  test('without fresh files changes nothing', async () => {
    const home = homeAt(join(root, 'not', 'there'));
    expect(await merge(home)).toEqual({ files: 0, inserted: 0, duplicates: 0, tooOld: 0, days: [] });
  });

  test('gives the same tables for files shuffled, delivered again, and one by one in small batches', async () => {
    const [again, oneByOne, small] = [newHome(), newHome(), newHome()];
    deliver(again, files);
    deliver(again, files, 'copy-');
    await merge(again);
    deliver(again, files);
    expect(await merge(again)).toMatchObject({ files: 3, inserted: 0 });

    for (const file of files.toReversed()) {
      deliver(oneByOne, [file]);
      await merge(oneByOne);
    }
    deliver(small, files);
    await merge(small, { limits: { days: 1, listLength: 30, campaigns: 1 } });

    for (const home of [again, oneByOne, small]) expect(await tables(home)).toEqual(expected);
  });

  const STEPS: readonly MergeStep[] = ['listed', 'inserted', 'counted', 'checked', 'deleted'];
  test.each(STEPS)('that crashes after it %s is completed by the next one', async (crash) => {
    const home = newHome();
    deliver(home, files);
    const onStep = (step: MergeStep): void => {
      if (step === crash) throw new Error('power cut');
    };
    await expect(merge(home, { limits: { ...MERGE_LIMITS, days: 2 }, onStep })).rejects.toThrow('power cut');
    await merge(home);
    expect(await tables(home)).toEqual(expected);
    expect(readdirSync(home.fresh)).toEqual([]);
  });

  test('whose check fails deletes nothing and says the figures', async () => {
    const home = newHome();
    deliver(home, files);
    await within(home, async (warehouse) => {
      const forgetful: Warehouse = {
        ...warehouse,
        run: async (sql) => (sql.includes('merge into events') ? undefined : warehouse.run(sql)),
      };
      await expect(mergeFresh(forgetful, home)).rejects.toThrow(/1500 of 1500 missing and 0 doubled/);
    });
    expect(readdirSync(home.fresh)).toHaveLength(3);
  });

  test('at the same time as another leaves each load once', async () => {
    const home = newHome();
    deliver(home, files);
    const results = await Promise.all([merge(home), merge(home), merge(home)]);
    expect(results.map(({ files }) => files).sort()).toEqual([0, 0, 3]);
    expect((await tables(home)).events).toHaveLength(1500);
  });

  test('reads files that were written before a column was added', async () => {
    const home = newHome();
    await within(home, async (warehouse) => {
      const file = join(home.fresh, 'old.parquet').replaceAll("'", "''");
      await warehouse.run(
        `copy (select * exclude (signals, input_id) from (${randomLoads(10)})) to '${file}' (format parquet)`,
      );
    });
    expect(await merge(home)).toMatchObject({ inserted: 10 });
  });

  test('names a fresh file that is no Parquet file, and keeps it', async () => {
    const home = newHome();
    writeFileSync(join(home.fresh, 'bad.parquet'), 'no parquet');
    await expect(merge(home)).rejects.toThrow(/bad\.parquet/);
    expect(existsSync(join(home.fresh, 'bad.parquet'))).toBe(true);
  });
});
