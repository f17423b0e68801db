import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import type { IngestClassifier } from '../../core/ingest-settings.ts';
import { NOTHING_DUE } from '../../core/merge/due.ts';
import {
  beginAt,
  EVERY_DAY,
  type Progress,
  reclassifySpan,
  type Span,
} from '../../core/reclassify/reclassify.ts';
import type { Row, Warehouse } from '../../core/warehouse.ts';
import { openWarehouse } from '../../local/duckdb.ts';
import { edgeCode } from '../../local/edge-code.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { ingestFiles } from '../../local/ingest-files.ts';
import { mergeFresh } from '../../local/merge.ts';
import { readZones } from '../../local/registry-files.ts';
import { checkScenario } from '../../local/simulate/scenario.ts';
import { simulate } from '../../local/simulate/simulate.ts';
import { mergeSql, reclassifySql } from '../../local/sql-texts.ts';
import { withWarehouse } from '../../local/with-warehouse.ts';
import { logFile, logLine } from './logs.ts';
import { OLDER_RULES } from './older-rules.ts';

const TODAY = createClassifier();
const NOW = Date.parse('2026-11-23T08:00:00Z');
const scenario = checkScenario(
  { ...JSON.parse(readFileSync('local/simulate/default-scenario.json', 'utf8')), scale: 0.1 },
  'test',
);

const folder = mkdtempSync(join(tmpdir(), 'clearpixel-reclassify-'));
const today = homeAt(join(folder, 'today'));
const older = homeAt(join(folder, 'older'));

/** The same logs, ingested by today's rules and by older ones. */
beforeAll(async () => {
  await simulate({ home: today, scenario, seed: 7, now: NOW, edgeCode: edgeCode() });
  // What simulations lack: notes of the edge, and a part of an image.
  const noted = logLine({ id: 'noted' });
  writeFileSync(
    join(today.logs, 'E2EXAMPLE.2026-11-17-08.0000000f.gz'),
    logFile(`${noted}&notes=badparam.nokey`, noted.replace('noted', 'partial').replace('\t200\t', '\t206\t')),
  );
  mkdirSync(older.root);
  cpSync(today.registry, older.registry, { recursive: true });
  await ingest(today, TODAY);
  await ingest(older, OLDER_RULES);
});
afterAll(() => rmSync(folder, { recursive: true }));

const within = <Result>(home: Home, work: (warehouse: Warehouse) => Promise<Result>): Promise<Result> =>
  withWarehouse(() => openWarehouse(home), work);

async function ingest(home: Home, classifier: IngestClassifier): Promise<void> {
  const settings = { classifier, zones: readZones(home, 'UTC'), assets: [] };
  const files = readdirSync(today.logs).map((name) => join(today.logs, name));
  for await (const result of ingestFiles(files, home, settings)) expect(result).not.toHaveProperty('problem');
  await within(home, (warehouse) => mergeFresh(warehouse, home));
}

/** A copy that a test may change. */
function copyOf(home: Home): Home {
  const copy = homeAt(mkdtempSync(join(folder, 'copy-')));
  cpSync(home.database, copy.database);
  cpSync(home.registry, copy.registry, { recursive: true });
  return copy;
}

/** Loads that rules judged; other rows keep what they had. */
const JUDGED = 'select * from events where input_id is not null order by all';

/** Every column of every row; of the counts those that have not vanished. */
const tables = (home: Home): Promise<Readonly<Record<string, readonly Row[]>>> =>
  within(home, async (warehouse) => ({
    events: await warehouse.query('select * from events order by all'),
    daily: await warehouse.query('select * from daily where lines > 0 order by all'),
    hourly: await warehouse.query('select * from hourly where firsts > 0 order by all'),
    copies: await warehouse.query('select * from copies where messages > 0 order by all'),
    verdicts: await warehouse.query('select * from verdicts'),
  }));

/** The first rows that only one side has. */
function expectSame(got: readonly Row[] | undefined, wanted: readonly Row[] | undefined): void {
  const texts = (rows: readonly Row[] = []): ReadonlySet<string> =>
    new Set(rows.map((row) => JSON.stringify(Object.values(row).map(String))));
  const [left, right] = [texts(got), texts(wanted)];
  const only = (some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] =>
    [...some].filter((row) => !others.has(row)).slice(0, 3);
  expect({ rows: got?.length, unexpected: only(left, right), missing: only(right, left) }).toEqual({
    rows: wanted?.length,
    unexpected: [],
    missing: [],
  });
}

async function expectSameTables(home: Home, wanted: Awaited<ReturnType<typeof tables>>): Promise<void> {
  for (const [name, rows] of Object.entries(await tables(home))) expectSame(rows, wanted[name]);
}

const rowsOf = (home: Home, sql: string): Promise<readonly Row[]> =>
  within(home, (warehouse) => warehouse.query(sql));

const reclassify = (home: Home, classifier: IngestClassifier, span: Span = EVERY_DAY): Promise<Progress> =>
  within(home, (warehouse) =>
    reclassifySpan(
      { warehouse, sql: reclassifySql(), merge: mergeSql(), classifier, due: NOTHING_DUE },
      span,
      beginAt(NOW),
    ),
  );

function clearpixel(home: Home, ...args: readonly string[]) {
  const command = ['bin/clearpixel.ts', '--home', home.root, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('loads that are classified again', () => {
  test('are as if today’s rules had judged them when they came, and back again', async () => {
    const home = copyOf(older);
    const before = await tables(home);
    await reclassify(home, TODAY);
    expectSame(await rowsOf(home, JUDGED), await rowsOf(today, JUDGED));
    // Of what is told apart: opt-outs keep the class that the older rules gave them.
    const sums =
      'select dt, campaign, class, kind, agent, tier, unit, sum(loads) as loads, sum(firsts) as firsts from daily where unit <> $$$$ and loads > 0 group by all order by all';
    expectSame(await rowsOf(home, sums), await rowsOf(today, sums));
    await reclassify(home, OLDER_RULES);
    await expectSameTables(home, before);
  });

  test('keep every column where the rules say the same', async () => {
    const home = copyOf(today);
    await within(home, (warehouse) =>
      warehouse.run("update events set ruleset = '2026-01-01-00000000' where input_id is not null"),
    );
    const { loads } = await reclassify(home, TODAY);
    expect(loads).toBeGreaterThan(1_000);
    await expectSameTables(home, await tables(today));
  });

  test('keep the notes of the edge, and lose what old rules said of their network', async () => {
    const home = copyOf(older);
    const flags = (): Promise<readonly Row[]> =>
      rowsOf(home, "select flags from events where log_object like '%0000000f.gz' order by flags");
    expect(await flags()).toEqual([{ flags: 'badparam nokey relay' }, { flags: 'range relay' }]);
    await reclassify(home, TODAY);
    expect(await flags()).toEqual([{ flags: 'badparam nokey' }, { flags: 'range' }]);
  });

  test('leave opt-outs, tests and refused requests as they are', async () => {
    const home = copyOf(older);
    const bare = 'select * from events where input_id is null order by all';
    const before = await rowsOf(home, bare);
    expect(new Set(before.map((row) => row['kind'])).size).toBeGreaterThan(1);
    await reclassify(home, TODAY);
    expect(await rowsOf(home, bare)).toEqual(before);
  });

  test('are those of the asked days only', async () => {
    const home = copyOf(older);
    const { days } = await reclassify(home, TODAY, { since: '2026-11-17', until: '2026-11-18' });
    expect(days).toEqual(['2026-11-17', '2026-11-18']);
    const changed = `select distinct dt from events where ruleset = '${TODAY.ruleset}' order by dt`;
    expect(await rowsOf(home, changed)).toEqual(days.map((dt) => ({ dt })));
  });

  test('are in the history, by day and class, before and after', async () => {
    const home = copyOf(older);
    const { loads } = await reclassify(home, TODAY);
    const classes = await rowsOf(
      home,
      'select class, sum(loads_before) as before, sum(loads_after) as after from changes group by class order by class',
    );
    const total = (side: string): number => classes.reduce((sum, row) => sum + Number(row[side]), 0);
    expect([total('before'), total('after')]).toEqual([loads, loads]);
    expect(classes.find((row) => row['class'] === 'proxied')).toMatchObject({ before: 0 });
    expect(await rowsOf(home, 'select distinct changed_ms, ruleset_before, ruleset from changes')).toEqual([
      { changed_ms: NOW, ruleset_before: OLDER_RULES.ruleset, ruleset: TODAY.ruleset },
    ]);
  });
});

describe('the command', () => {
  test('shows what would change, and changes nothing in a dry run', async () => {
    const home = copyOf(older);
    const before = await tables(home);
    const { code, out } = clearpixel(home, 'reclassify', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^rules \S+ in place of 2026-01-01-0badcafe: .* loads on \d+ days/);
    expect(out).toMatch(/\nunknown +proxied regardless +\S+/);
    expect(out).toMatch(/\ncampaign +loads +change +loads at least +loads at most\n/);
    expect(out).toMatch(/\napple-mail-privacy apple-relay +\S+/);
    await expectSameTables(home, before);
    expect(await rowsOf(home, 'select * from changes')).toEqual([]);
  });

  test('changes it when somebody agreed, and the report says so', async () => {
    const home = copyOf(older);
    const unasked = clearpixel(home, 'reclassify');
    expect([unasked.code, unasked.err]).toEqual([2, expect.stringContaining('add --yes')]);
    expect(clearpixel(home, 'reclassify', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/were classified by rules/),
    });
    expectSame(await rowsOf(home, JUDGED), await rowsOf(today, JUDGED));
    const again = clearpixel(home, 'reclassify', '--yes');
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('nothing would change')]);
    const report = clearpixel(home, 'report', '--period', '2026-W47').out.replaceAll(/\s+/g, ' ');
    expect(report).toMatch(/were classified again on .*by rules/);
  });

  test('says as JSON what would change, and what did', () => {
    const home = copyOf(older);
    const [preview, changed] = clearpixel(home, 'reclassify', '--yes', '--json').out.trim().split('\n');
    const told = JSON.parse(preview ?? '');
    expect(told).toMatchObject({ ruleset: TODAY.ruleset, reworded: expect.any(Number) });
    expect(JSON.parse(changed ?? '')).toEqual({
      changed: { changedMs: expect.any(Number), loads: told.loads, days: told.days, left: [] },
    });
  });

  test.each([
    { args: ['--since', '2026-11-31'], rule: 'yyyy-MM-dd' },
    { args: ['--since', '2026-11-20', '--until', '2026-11-19'], rule: 'swap them' },
  ])('refuses $args', ({ args, rule }) => {
    const { code, err } = clearpixel(today, 'reclassify', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(rule)]);
  });
});
