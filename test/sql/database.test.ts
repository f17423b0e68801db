import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '../../core/warehouse.ts';
import { openWarehouse, runQuery } from '../../local/duckdb.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { withWarehouse } from '../../local/with-warehouse.ts';

let home: Home;
beforeEach(() => {
  home = homeAt(mkdtempSync(join(tmpdir(), 'database-')));
});
afterEach(() => rmSync(home.root, { recursive: true, force: true }));

const ask = (sql: string, options = {}): Promise<readonly Row[]> =>
  withWarehouse(
    () => openWarehouse(home, options),
    (warehouse) => warehouse.query(sql),
  );

/** Works on the bare file, as another version of the program would have left it. */
async function bare(...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(home.database);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

describe('opening', () => {
  test('makes the tables and views, and finds them again', async () => {
    expect(await ask('select count(*) as n from loads')).toEqual([{ n: 0 }]);
    expect(await ask('select count(*) as n from daily')).toEqual([{ n: 0 }]);
  });

  test('adds columns to a table of an older version, whose rows read null there', async () => {
    mkdirSync(home.root, { recursive: true });
    await bare(
      'create table events (load_id bigint, lines int, class varchar, parser int, log_object varchar, dt varchar)',
      "insert into events values (7, 1, 'unknown', 1, 'logs/a.gz', '2026-11-23')",
    );
    expect(await ask('select load_id, signals, tier from loads')).toEqual([
      { load_id: 7, signals: null, tier: 'at_most' },
    ]);
  });

  test('makes views anew when their text changed', async () => {
    await ask('select 1');
    await bare(
      'create or replace view data_quality as select 1 as old',
      "delete from made where part = 'views'",
    );
    expect(await ask('select reason from data_quality')).toEqual([]);
  });

  test('keeps the thresholds of the last config', async () => {
    const thresholds = [{ from: '1970-01-01', smallNumber: 10, burstMessages: 9 }];
    const asked = 'select burst_messages from settings';
    expect(await ask(asked)).toEqual([{ burst_messages: 5 }]);
    expect(await ask(asked, { config: { thresholds } })).toEqual([{ burst_messages: 9 }]);
    expect(await ask(asked)).toEqual([{ burst_messages: 9 }]);
  });

  test('loads the registry as a table, again when the file changed, without report addresses', async () => {
    const head = 'id,name,owner,medium,sent_from,sent_until,audience,recording,copies,recipients,ends\n';
    const row = 'a,Name of a,me,email,2026-11-23T08:00:00Z,,1200,aggregate,day,boss@example.com,2026-12-31\n';
    await bare('create table campaigns (owner varchar, campaign varchar)');
    mkdirSync(home.registry, { recursive: true });
    writeFileSync(join(home.registry, 'campaigns.csv'), head + row);
    expect(await ask('select * from campaigns')).toEqual([
      {
        campaign: 'a',
        name: 'Name of a',
        owner: 'me',
        medium: 'email',
        sent_from_ms: 1795420800000,
        sent_until_ms: null,
        audience: 1200,
        recording: 'aggregate',
        copies: 'day',
        ends: '2026-12-31',
      },
    ]);
    writeFileSync(join(home.registry, 'campaigns.csv'), head + row.replace(/^a/, 'b'));
    expect(await ask('select campaign from campaigns')).toEqual([{ campaign: 'b' }]);
    rmSync(join(home.registry, 'campaigns.csv'));
    expect(await ask('select campaign from campaigns')).toEqual([]);
  });

  test('is shared within a process, and waits for another one or names it', async () => {
    const [first, second] = await Promise.all([openWarehouse(home), openWarehouse(home)]);
    await first.close();
    expect(await second.query('select 1 as n')).toEqual([{ n: 1 }]);
    await second.close();

    const holder = await holdElsewhere();
    await expect(openWarehouse(home, { waitMs: 50 })).rejects.toThrow(
      `${home.database} is open in one process at a time, and process ${holder.pid} kept it for 0.05 s: ` +
        'wait or end it, then run this again',
    );
    const waiting = openWarehouse(home);
    holder.stdin.end();
    await (await waiting).close();
  });
});

/** Another process that holds the file until its input ends. */
async function holdElsewhere(): Promise<ChildProcessWithoutNullStreams> {
  const script = `import { DuckDBInstance } from '@duckdb/node-api';
    await DuckDBInstance.create(process.argv[1]);
    process.stdout.write('held');
    process.stdin.resume().on('end', () => process.exit());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, home.database], {
    cwd: import.meta.dirname,
  });
  await once(child.stdout, 'data');
  return child;
}

test('values arrive as numbers where they are exact, else as bigint, times as text', async () => {
  const sql = `select 1::bigint as small, 9007199254740993::bigint as big, sum(2)::hugeint as huge, 0.5 as half, true as yes,
    null as nothing, date '2026-11-23' as day, cast(timestamp '2026-11-23 08:00:00' as timestamp(3)) as at`;
  expect(await ask(sql)).toEqual([
    {
      small: 1,
      big: 9007199254740993n,
      huge: 2,
      half: 0.5,
      yes: true,
      nothing: null,
      day: '2026-11-23',
      at: '2026-11-23 08:00:00.000',
    },
  ]);
});

test('parameters are bound, never pasted', async () => {
  const warehouse = await openWarehouse(home);
  const hostile = "' or 1 = 1 --";
  expect(
    await warehouse.query('select campaign from daily where dt between ? and ?', [hostile, hostile]),
  ).toEqual([]);
  await warehouse.close();
});

describe('a query of a person', () => {
  beforeEach(async () => {
    await ask('select 1');
  });

  test('answers with columns and rows', async () => {
    expect(await runQuery(home, 'select count(*) as n, max(dt) as newest from events')).toEqual({
      columns: ['n', 'newest'],
      rows: [{ n: 0, newest: null }],
    });
    expect((await runQuery(home, 'describe daily')).rows).toHaveLength(19);
    expect((await runQuery(home, 'explain select * from loads')).rows).toHaveLength(1);
  });

  test.each([
    'delete from events',
    'drop table events',
    'create table x as select 1 as n',
    "copy (select 1) to 'out.csv'",
    'select 1; delete from events',
    'explain analyze delete from events',
    'begin transaction',
    '',
    ' -- nothing',
  ])('refuses what is not one statement that reads: %s', async (sql) => {
    await expect(runQuery(home, sql)).rejects.toThrow(
      /^query takes one statement that reads, got .*: write one select$/,
    );
  });

  test('says what is wrong with a statement', async () => {
    await expect(runQuery(home, 'selec 1')).rejects.toThrow(/syntax error at or near "selec"/);
    await expect(runQuery(home, 'select nothing from events')).rejects.toThrow(/"nothing" not found/);
  });

  test('says what to do where nothing was ingested', async () => {
    await expect(runQuery(homeAt(join(home.root, 'empty')), 'select 1')).rejects.toThrow(
      /does not exist: ingest logs or simulate first/,
    );
  });
});
