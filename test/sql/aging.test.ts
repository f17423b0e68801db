import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ageTables, sealImports } from '../../core/merge/aging.ts';
import { countDays } from '../../core/merge/count.ts';
import type { Due } from '../../core/merge/due.ts';
import { forgetTokens } from '../../core/merge/forget.ts';
import { EVENT_COLUMNS } from '../../core/schema.ts';
import type { Row } from '../../core/warehouse.ts';
import { mergeSql } from '../../local/sql-texts.ts';
import type { OpenWarehouse } from '../../local/with-warehouse.ts';
import { memoryWarehouse } from './memory-warehouse.ts';
import { RANDOM_DAYS, randomLoads } from './random-loads.ts';

const sql = mergeSql();
/** Two of the three days are sealed, one is without user agents. */
const DUE: Due = {
  sealed: '2026-11-23',
  aged: '2026-11-22',
  eventsFrom: '2025-10-24',
  countsFrom: '2021-11-24',
};
const ALL_SEALED: Due = { ...DUE, sealed: '2026-12-31' };

let warehouse: OpenWarehouse;
beforeEach(async () => {
  warehouse = await memoryWarehouse();
});
afterEach(() => warehouse.close());

/** Random loads whose hashes depend on a key, as the edge's do; campaign `a` is counted over its life. */
async function fill(key: string): Promise<void> {
  await warehouse.run(`insert into events ${randomLoads(3000)}`);
  const keyed = ['message', 'visitor', 'network'].map(
    (name) => `${name} = cast(hash(${name}, '${key}') >> 1 as bigint)`,
  );
  for (const one of keyed)
    await warehouse.run(`update events set ${one} where ${one.split(' ')[0]} is not null`);
  await warehouse.run(
    "update events set user_agent = 'Mozilla/5.0', signals = 'prefetch', input_id = load_id % 7",
  );
  await warehouse.run(
    "insert into campaigns (campaign, recording, copies, ends) values ('a', 'aggregate', 'campaign', '2026-11-24')",
  );
  await countDays(warehouse, sql, RANDOM_DAYS);
}

const rowsOf = (table: string): Promise<readonly Row[]> =>
  warehouse.query(`select * from ${table} order by all`);
/** What people read: which load is the best of its unit, and every count. */
async function counts(): Promise<unknown> {
  const firsts = 'select dt, load_id, tier, unit, first, seq, effective_class from loads order by all';
  return {
    firsts: await warehouse.query(firsts),
    ...Object.fromEntries(
      await Promise.all(
        ['daily', 'hourly', 'copies'].map(async (table) => [table, await rowsOf(table)] as const),
      ),
    ),
  };
}

describe('sealing', () => {
  test('changes no count, also when the days are counted again', async () => {
    await fill('one key');
    const before = await counts();
    const aged = await ageTables(warehouse, sql, ALL_SEALED);
    expect(aged).toMatchObject({ sealed: RANDOM_DAYS, sealedLives: ['a'] });
    expect(await counts()).toEqual(before);
    await countDays(warehouse, sql, RANDOM_DAYS);
    expect(await counts()).toEqual(before);
  });

  test('leaves nothing of the key: two keys give the same rows', async () => {
    await fill('one key');
    await ageTables(warehouse, sql, ALL_SEALED);
    const sealed = await rowsOf('events');
    await warehouse.close();
    warehouse = await memoryWarehouse();
    await fill('another key');
    expect(await rowsOf('events')).not.toEqual(sealed);
    await ageTables(warehouse, sql, ALL_SEALED);
    expect(await rowsOf('events')).toEqual(sealed);
  });

  test('takes the hashes of sealed days, and of no other', async () => {
    await fill('one key');
    await ageTables(warehouse, sql, DUE);
    // Visitors are 90, networks 3 and copies 80 at most: whatever is greater is a hash.
    const found = await warehouse.query(`
      select dt, count(*) filter (where visitor > 90 or network > 3) as hashes,
        count(*) filter (where message > 80 and campaign <> 'a') as copies,
        count(*) filter (where message > 80 and campaign = 'a') as copies_over_life
      from events group by dt order by dt`);
    expect(
      found.map((row) => [
        row['dt'],
        ...Object.values(row)
          .slice(1)
          .map((n) => Number(n) > 0),
      ]),
    ).toEqual([
      ['2026-11-22', false, false, true],
      ['2026-11-23', false, false, true],
      ['2026-11-24', true, true, true],
    ]);
  });

  test('run again does nothing', async () => {
    await fill('one key');
    await ageTables(warehouse, sql, ALL_SEALED);
    const sealed = await rowsOf('events');
    const nothing = { sealed: [], sealedLives: [], aged: [], expired: [] };
    expect(await ageTables(warehouse, sql, ALL_SEALED)).toEqual(nothing);
    expect(await rowsOf('events')).toEqual(sealed);
  });

  test('cut off before any of its statements goes on with the next run', async () => {
    await fill('one key');
    await ageTables(warehouse, sql, ALL_SEALED);
    const sealed = await rowsOf('events');
    for (let cut = 1; ; cut += 1) {
      await warehouse.close();
      warehouse = await memoryWarehouse();
      await fill('one key');
      if (!(await cutOffAt(cut))) break;
      await ageTables(warehouse, sql, ALL_SEALED);
      expect(await rowsOf('events'), `cut off at statement ${cut}`).toEqual(sealed);
    }
  });

  /** True where the run had so many statements. */
  async function cutOffAt(place: number): Promise<boolean> {
    let left = place;
    const cut = {
      query: (text: string) => warehouse.query(text),
      run: async (text: string) => {
        left -= 1;
        if (left === 0) throw new Error('cut off');
        await warehouse.run(text);
      },
    };
    return ageTables(cut, sql, ALL_SEALED).then(
      () => false,
      () => true,
    );
  }
});

test('an import keeps its hashes until it is closed, and then has numbers of its own', async () => {
  await fill('one key');
  await warehouse.run(
    `update events set mode = 'imported', visitor = cast(hash(visitor) >> 1 as bigint),
      network = cast(hash(network) >> 1 as bigint),
      message = case when message is not null then cast(hash(message) >> 1 as bigint) end
    where load_id % 2 = 0 and mode is not null`,
  );
  await countDays(warehouse, sql, RANDOM_DAYS);
  const before = await counts();
  await ageTables(warehouse, sql, ALL_SEALED);
  const hashes = "select count(*) as n from events where mode = 'imported' and visitor > 90";
  expect(Number((await warehouse.query(hashes))[0]?.['n'])).toBeGreaterThan(0);
  expect(await sealImports(warehouse, sql)).toEqual(RANDOM_DAYS);
  expect(await warehouse.query(hashes)).toEqual([{ n: 0 }]);
  await countDays(warehouse, sql, RANDOM_DAYS);
  expect(await counts()).toEqual(before);
});

test('user agents go after their time, and every verdict and count stays', async () => {
  await fill('one key');
  const before = await counts();
  expect(await ageTables(warehouse, sql, DUE)).toMatchObject({ aged: ['2026-11-22'] });
  const held = ['user_agent', 'signals', 'input_id'].map((name) => `count(${name}) as ${name}`);
  const left = await warehouse.query(`select dt, ${held} from events group by dt order by dt`);
  expect(
    left.map((row) => [row['dt'], row['user_agent'] === 0 && row['signals'] === 0 && row['input_id'] === 0]),
  ).toEqual([
    ['2026-11-22', true],
    ['2026-11-23', false],
    ['2026-11-24', false],
  ]);
  expect(await counts()).toEqual(before);
});

test('user agents that stay longer than their rows are left alone', async () => {
  await fill('one key');
  const due = { ...DUE, eventsFrom: '2026-11-23', aged: '2026-11-20' };
  expect(await ageTables(warehouse, sql, due)).toMatchObject({ aged: [] });
  const [row] = await warehouse.query('select count(*) as loads, count(user_agent) as agents from events');
  expect(row?.['agents']).toBe(row?.['loads']);
});

describe('expiry', () => {
  const late = { ...DUE, eventsFrom: '2026-11-23', countsFrom: '2026-11-24' };

  test('drops events before counts, says what went, and keeps lines without a time', async () => {
    await fill('one key');
    await warehouse.run(
      "update events set dt = '1970-01-01' where load_id = (select max(load_id) from events)",
    );
    const days = "select dt, count(*) as n from events where dt > '1970-01-01' group by dt order by dt";
    const [first] = await warehouse.query(days);
    const { expired } = await ageTables(warehouse, sql, late);
    expect(expired).toMatchObject([
      { table: 'events', rows: Number(first?.['n']), days: ['2026-11-22', '2026-11-22'] },
      { table: 'daily', days: ['2026-11-22', '2026-11-23'] },
    ]);
    const kept = await warehouse.query('select distinct dt from events order by dt');
    expect(kept).toEqual(['1970-01-01', '2026-11-23', '2026-11-24'].map((dt) => ({ dt })));
    expect(await warehouse.query('select distinct dt from daily')).toEqual([{ dt: '2026-11-24' }]);
  });

  test('drops the copies of a campaign with the last day that counts it', async () => {
    await fill('one key');
    expect(await warehouse.query('select distinct campaign from copies')).toEqual([{ campaign: 'a' }]);
    await ageTables(warehouse, sql, { ...late, countsFrom: '2026-11-25' });
    expect(await rowsOf('copies')).toEqual([]);
  });

  test('lowers no copies of a campaign whose first days are gone', async () => {
    await fill('one key');
    const before = await rowsOf('copies');
    await ageTables(warehouse, sql, late);
    await countDays(warehouse, sql, ['2026-11-24'], late);
    expect(await rowsOf('copies')).toEqual(before);
  });

  test('lowers no count of an expired day when a forgetting of it goes on', async () => {
    await fill('one key');
    const before = await rowsOf('daily');
    const keeping = { ...late, countsFrom: '2026-11-01' };
    await ageTables(warehouse, sql, keeping);
    await forgetTokens(warehouse, sql, ['r7Qz0pXk'], keeping, { loads: 1, days: ['2026-11-22'] });
    expect(await rowsOf('daily')).toEqual(before);
  });

  test('leaves a table alone whose counts are kept since before time began', async () => {
    await fill('one key');
    expect((await ageTables(warehouse, sql, { ...DUE, countsFrom: '1926-01-01' })).expired).toEqual([]);
  });
});

test('every column of events survives age, but for the six that say who and with what', async () => {
  await fill('one key');
  const kept = EVENT_COLUMNS.map(({ name }) => name).filter(
    (name) => !['message', 'visitor', 'network', 'user_agent', 'signals', 'input_id'].includes(name),
  );
  const select = `select ${kept.join(', ')} from events order by all`;
  const before = await warehouse.query(select);
  await ageTables(warehouse, sql, ALL_SEALED);
  expect(await warehouse.query(select)).toEqual(before);
});
