import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { ingestLog } from '../../core/ingest.ts';
import { MERGE_LIMITS, type MergeLimits } from '../../core/merge/plan.ts';
import type { Merged } from '../../core/merge/run.ts';
import { mergeTables } from '../../lambda/merge-tables.ts';
import { DuckdbAthena } from './duckdb-athena.ts';
import { FakeMetrics } from './fake-metrics.ts';
import { FakeS3 } from './fake-s3.ts';
import { type Line, logFile, logLine, NOTHING_FORGOTTEN } from './logs.ts';
import { mergeHost } from './stack-in-memory.ts';

const MINUTE = 60_000;
const LEASE = 'data/registry/lease.json';
const classifier = createClassifier();

let s3: FakeS3;
let athena: DuckdbAthena;
let said: unknown[];
let pauses: number[];
let limits: MergeLimits;
let metrics: FakeMetrics;

beforeEach(async () => {
  pauses = [];
  limits = MERGE_LIMITS;
  s3 = new FakeS3();
  s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
  s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"UTC"}]');
  athena = await DuckdbAthena.open(s3);
  said = [];
  metrics = new FakeMetrics();
});
afterEach(() => athena.close());

async function deliver(name: string, ...lines: readonly Line[]): Promise<void> {
  const settings = { classifier, zones: [{ from: '1970-01-01', zone: 'UTC' }], assets: [] };
  await ingestLog({ name, bytes: logFile(...lines.map(logLine)) }, settings, (file) =>
    s3.put(`data/fresh/${file.name}`, file.bytes),
  );
}

const merge = (
  now = 0,
  holder = `call at ${now}`,
  beforeStatement: (queryId: string) => void = () => {},
): Promise<Merged | null> =>
  mergeTables(
    mergeHost(s3, athena, now, {
      holder,
      limits,
      openWarehouse: (onStart) =>
        athena.warehouse((queryId) => {
          beforeStatement(queryId);
          return onStart(queryId);
        }),
      pause: async (ms) => void pauses.push(ms),
      publish: metrics.publish,
      logger: {
        info: () => {},
        warn: (...words: readonly unknown[]) => void said.push(words),
        error: (...words: readonly unknown[]) => void said.push(words),
      },
    }),
  );

const events = async (): Promise<readonly unknown[]> =>
  (await athena.rows('select dt, count(*) as loads from events group by dt order by dt')).map((row) =>
    Object.values(row),
  );
const daily = async (): Promise<unknown> =>
  (await athena.rows('select sum(loads) as loads, sum(firsts) as firsts from daily'))[0];

describe('a merge', () => {
  it('brings fresh files of several days into the tables, counts them, and deletes exactly them', async () => {
    await deliver('one', { id: 'a' }, { id: 'b' }, { id: 'c', ms: 1_794_902_400_000 + 86_400_000 });
    await deliver('two', { id: 'b' }, { id: 'd', message: 'a' });
    await deliver('three', { id: 'e' });
    await deliver('four', { id: 'f' });
    expect(await merge()).toEqual({
      files: 4,
      inserted: 6,
      duplicates: 1,
      tooOld: 0,
      days: ['2026-11-17', '2026-11-18'],
    });
    expect(await events()).toEqual([
      ['2026-11-17', 5],
      ['2026-11-18', 1],
    ]);
    expect(metrics.published).toEqual([
      { MergedRows: 6, Duplicates: 1, TooOld: 0, FailedChecks: 0 },
      { Merges: 1, Requests: 0 },
    ]);
    // Copy a was seen twice that day.
    expect(await daily()).toEqual({ loads: 6, firsts: 5 });
    expect(s3.keys('data/')).toEqual([
      'data/registry/forgotten.json',
      LEASE,
      'data/registry/night.json',
      'data/registry/upkeep.json',
      'data/registry/zones.json',
    ]);
  });

  it.each([
    ['two', 'one'],
    ['one', 'two'],
  ])('takes a long queue in the order of its age: %s before %s', async (older, newer) => {
    limits = { ...MERGE_LIMITS, listLength: 1 };
    for (const name of [older, newer]) await deliver(name, { id: 'a' });
    expect(await merge()).toMatchObject({ files: 2, inserted: 1, duplicates: 1 });
    // The row that came first stays.
    expect(await athena.rows('select log_object from events')).toEqual([{ log_object: older }]);
  });

  it('of nothing asks the engine nothing', async () => {
    expect(await merge()).toEqual({ files: 0, inserted: 0, duplicates: 0, tooOld: 0, days: [] });
    expect(athena.statements).toBe(0);
  });

  it('after another changes nothing when the same log comes again', async () => {
    await deliver('one', { id: 'a' });
    await merge();
    await deliver('one', { id: 'a' });
    expect(await merge(MINUTE)).toEqual({
      files: 1,
      inserted: 0,
      duplicates: 1,
      tooOld: 0,
      days: ['2026-11-17'],
    });
    expect(await daily()).toEqual({ loads: 1, firsts: 1 });
  });
});

describe('a statement that fails', () => {
  it('runs again after a conflict', async () => {
    await deliver('one', { id: 'a' });
    athena.refused.set(3, 'ICEBERG_COMMIT_ERROR: Found conflicting files');
    expect(await merge()).toMatchObject({ inserted: 1 });
    expect(JSON.stringify(said)).toContain('it runs again');
  });

  it('gives up after four conflicts, longer and longer apart, and keeps the files', async () => {
    await deliver('one', { id: 'a' });
    for (const attempt of [3, 4, 5, 6]) athena.refused.set(attempt, 'ICEBERG_COMMIT_ERROR');
    await expect(merge()).rejects.toThrow('ICEBERG_COMMIT_ERROR');
    expect(pauses).toEqual([1_000, 4_000, 16_000]);
    expect(s3.keys('data/fresh/')).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5])('as number %i leaves work that the next hour finishes', async (statement) => {
    await deliver('one', { id: 'a' }, { id: 'b' });
    athena.refused.set(statement, 'INTERNAL_ERROR');
    await expect(merge()).rejects.toThrow('INTERNAL_ERROR');
    expect(metrics.published).toEqual([]);
    expect(JSON.stringify(said)).toContain('the merge stopped, nothing is lost');
    expect(await merge(60 * MINUTE)).toMatchObject({ files: 1 });
    expect(athena.settled).toEqual([`q${statement}`]);
    expect(await events()).toEqual([['2026-11-17', 2]]);
    expect(await daily()).toEqual({ loads: 2, firsts: 2 });
    expect(s3.keys('data/fresh/')).toEqual([]);
  });
});

describe('what is no fresh file', () => {
  it('is left where it lies, and holds nothing up', async () => {
    await deliver('one', { id: 'a' });
    s3.put('data/fresh/', '');
    expect(await merge()).toMatchObject({ files: 1, inserted: 1 });
    expect(s3.keys('data/fresh/')).toEqual(['data/fresh/']);
  });
});

describe('a fresh file that the engine does not see', () => {
  it('is kept, and the merge says so', async () => {
    await deliver('one', { id: 'a' });
    await deliver('two', { id: 'b' });
    const [hidden = ''] = s3.keys('data/fresh/');
    athena.hidden.add(hidden);
    await expect(merge()).rejects.toThrow(`no row of 1 of 2 fresh files, first s3://${hidden}`);
    expect(s3.keys('data/fresh/')).toHaveLength(2);
    athena.hidden.clear();
    expect(await merge(60 * MINUTE)).toMatchObject({ files: 2, inserted: 2 });
  });

  it('only after its days were listed is kept too', async () => {
    await deliver('one', { id: 'a' });
    await deliver('two', { id: 'b' });
    const [hidden = ''] = s3.keys('data/fresh/');
    const late = merge(0, 'late', (queryId) => queryId === 'q2' && athena.hidden.add(hidden));
    await expect(late).rejects.toThrow('held 2 rows, the merge read 1');
    expect(metrics.published).toEqual([{ FailedChecks: 1 }]);
    expect(s3.keys('data/fresh/')).toHaveLength(2);
  });
});

describe('the lease', () => {
  const held = (until: number, query: string | null = null): void =>
    s3.put(LEASE, JSON.stringify({ holder: 'another', until, query }));

  it('keeps a second call away', async () => {
    await deliver('one', { id: 'a' });
    held(10 * MINUTE);
    expect(await merge(5 * MINUTE)).toBeNull();
    expect(s3.keys('data/fresh/')).toHaveLength(1);
  });

  it('goes to the next call once its holder is gone, after the end of what that one began', async () => {
    await deliver('one', { id: 'a' });
    held(10 * MINUTE, 'q-lost');
    expect(await merge(11 * MINUTE)).toMatchObject({ files: 1 });
    expect(athena.settled).toEqual(['q-lost']);
  });

  it('goes to one of two calls that come at once', async () => {
    await deliver('one', { id: 'a' });
    const both = await Promise.all([merge(0, 'first'), merge(0, 'second')]);
    expect(both.filter((merged) => merged !== null)).toHaveLength(1);
    expect(await events()).toEqual([['2026-11-17', 1]]);
  });

  it('stops a call that lost it, before its next statement', async () => {
    await deliver('one', { id: 'a' });
    const robbed = merge(0, 'slow', (queryId) => queryId === 'q3' && held(99 * MINUTE));
    await expect(robbed).rejects.toThrow('the lease of the merge went to another call');
    expect(await events()).toEqual([]);
  });

  it('is free after a good end', async () => {
    await deliver('one', { id: 'a' });
    await merge();
    expect(JSON.parse(s3.text(LEASE))).toEqual({ holder: null, until: 0, query: null });
  });
});
