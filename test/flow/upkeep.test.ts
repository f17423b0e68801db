import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { ingestLog } from '../../core/ingest.ts';
import type { RequestPoint } from '../../core/requests.ts';
import { StillRunning } from '../../lambda/athena-warehouse.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { mergeTables } from '../../lambda/merge-tables.ts';
import { askForNight } from '../../lambda/upkeep.ts';
import { DuckdbAthena } from './duckdb-athena.ts';
import { FakeS3 } from './fake-s3.ts';
import { logFile, logLine, NOTHING_FORGOTTEN } from './logs.ts';
import { mergeHost } from './stack-in-memory.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NIGHT = 100 * HOUR;
const classifier = createClassifier();
const WHOLE_NIGHT = [
  "optimize events rewrite data using bin_pack where dt in ('2026-11-17')",
  "optimize daily rewrite data using bin_pack where dt in ('2026-11-17')",
  "optimize hourly rewrite data using bin_pack where dt in ('2026-11-17')",
  'optimize copies rewrite data using bin_pack',
  "optimize requests rewrite data using bin_pack where dt in ('2026-11-17')",
  'optimize verdicts rewrite data using bin_pack',
  "optimize changes rewrite data using bin_pack where dt in ('2026-11-17')",
  'vacuum events',
  'vacuum daily',
  'vacuum hourly',
  'vacuum copies',
  'vacuum requests',
  'vacuum verdicts',
  'vacuum changes',
];
/** What is asked by night of the age of days, where none is old. */
const QUESTIONS = 5;
const IDLE_NIGHT = WHOLE_NIGHT.filter((statement) => statement.startsWith('vacuum'));

let s3: FakeS3;
let data: BucketObjects;
let athena: DuckdbAthena;
let said: unknown[];
/** Milliseconds that each statement takes of a call's quarter of an hour. */
let statementMs: number;
/** CloudWatch's answer. */
let readRequests: () => Promise<readonly RequestPoint[]>;

beforeEach(async () => {
  s3 = new FakeS3();
  s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
  s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"UTC"}]');
  data = new BucketObjects(s3.client, 'data');
  athena = await DuckdbAthena.open(s3);
  said = [];
  statementMs = 0;
  readRequests = async () => [];
});
afterEach(() => athena.close());

async function deliver(name: string): Promise<void> {
  const settings = { classifier, zones: [{ from: '1970-01-01', zone: 'UTC' }], assets: [] };
  await ingestLog({ name, bytes: logFile(logLine({ id: name })) }, settings, (file) =>
    s3.put(`data/fresh/${file.name}`, file.bytes),
  );
}

function call(now: number) {
  const note = (...words: readonly unknown[]): void => void said.push(words);
  let left = 15 * MINUTE;
  return mergeTables(
    mergeHost(s3, athena, now, {
      data,
      requests: { sql: '', read: () => readRequests() },
      until: now + left,
      remainingMs: () => left,
      openWarehouse: (onStart) =>
        athena.warehouse((queryId) => {
          left -= statementMs;
          return onStart(queryId);
        }),
      logger: { info: note, warn: note, error: note },
    }),
  );
}

/** What the timer of the night does. */
async function nightly(now = NIGHT) {
  await askForNight(data, now);
  return call(now);
}

/** As many as the night of any number of tables takes. */
async function nextHours(hours: number): Promise<void> {
  for (let hour = 1; hour <= hours; hour += 1) await call(NIGHT + hour * HOUR);
}

const leftOver = (): unknown => JSON.parse(s3.text('data/registry/upkeep.json'));

describe('a night', () => {
  it('rewrites the files of the days that were written to, then drops old ones, once', async () => {
    await deliver('one');
    await call(0);
    expect(athena.upkeep).toEqual([]);
    await nightly();
    expect(athena.upkeep).toEqual(WHOLE_NIGHT);
    expect(leftOver()).toEqual({ touched: [], tasks: [], night: NIGHT });
    await call(NIGHT + HOUR);
    expect(athena.upkeep).toEqual(WHOLE_NIGHT);
  });

  it('merges first, so that the last files of the day are rewritten too', async () => {
    await deliver('one');
    expect(await nightly()).toMatchObject({ inserted: 1 });
    expect(athena.upkeep).toEqual(WHOLE_NIGHT);
  });

  it('after an idle day only drops old files', async () => {
    await nightly();
    expect(athena.upkeep).toEqual(IDLE_NIGHT);
  });

  it('repeats a statement until it asks for no more runs', async () => {
    for (const statement of WHOLE_NIGHT) athena.moreRuns.set(statement, 2);
    await deliver('one');
    await nightly();
    expect(athena.upkeep).toEqual(WHOLE_NIGHT);
  });

  it('repeats a statement that met another commit', async () => {
    athena.refused.set(QUESTIONS + 1, 'ICEBERG_COMMIT_ERROR: Found conflicting files');
    await nightly();
    expect(athena.upkeep).toEqual(IDLE_NIGHT);
  });

  it('is done although CloudWatch does not answer, and the call still fails', async () => {
    readRequests = () => Promise.reject(new Error('CloudWatch is away'));
    await deliver('one');
    await expect(nightly()).rejects.toThrow('CloudWatch is away');
    expect(athena.upkeep).toEqual(WHOLE_NIGHT);
  });

  it('that comes while another call writes is done by the next one', async () => {
    s3.put(
      'data/registry/lease.json',
      JSON.stringify({ holder: 'other', until: NIGHT + 5 * MINUTE, query: null }),
    );
    expect(await nightly()).toBeNull();
    expect(athena.upkeep).toEqual([]);
    await call(NIGHT + HOUR);
    expect(athena.upkeep).toEqual(IDLE_NIGHT);
  });
});

describe('a night that is cut off', () => {
  it('by the time of the function goes on with the next call, where it was', async () => {
    await deliver('one');
    await call(0);
    statementMs = 2 * MINUTE;
    await nightly();
    expect(athena.upkeep).toEqual(WHOLE_NIGHT.slice(0, 2));
    expect(JSON.stringify(said)).toContain('the night is not over, the next call goes on');
    await nextHours(6);
    expect(athena.upkeep).toEqual(WHOLE_NIGHT);
  });

  it('by an endless wish for more runs goes on with the next call too', async () => {
    athena.moreRuns.set('vacuum events', 4);
    statementMs = 2 * MINUTE;
    await nightly();
    expect(athena.upkeep).toEqual([]);
    await nextHours(6);
    expect(athena.upkeep).toEqual(IDLE_NIGHT);
  });

  it.each(WHOLE_NIGHT.map((_, index) => index + 1))(
    'by a failure of statement %i is finished by the next call',
    async (statement) => {
      await deliver('one');
      await call(0);
      athena.refused.set(athena.statements + statement, 'INTERNAL_ERROR');
      await expect(nightly()).rejects.toThrow('INTERNAL_ERROR');
      athena.badEnds.set(
        `q${athena.statements}`,
        Object.assign(new Error('failed'), { name: 'AthenaError' }),
      );
      await call(NIGHT + HOUR);
      expect(athena.upkeep).toEqual(WHOLE_NIGHT);
    },
  );

  it('keeps days of a merge that crashed for the next night', async () => {
    await deliver('one');
    athena.refused.set(4, 'INTERNAL_ERROR');
    await expect(call(0)).rejects.toThrow('INTERNAL_ERROR');
    expect(leftOver()).toMatchObject({ touched: ['2026-11-17'] });
  });
});

describe('a statement that outlives its function', () => {
  const held = (query: string, upkeep?: string): void =>
    s3.put('data/registry/lease.json', JSON.stringify({ holder: 'gone', until: 1, query, upkeep }));

  it('is waited for by the next call, and never done twice when it ended well', async () => {
    await askForNight(data, NIGHT);
    held('q-slow', 'vacuum events');
    await call(NIGHT);
    expect(athena.settled).toEqual(['q-slow']);
    expect(athena.upkeep).toEqual(IDLE_NIGHT.slice(1));
  });

  it('is waited for again while it runs, and nothing is begun beside it', async () => {
    await deliver('one');
    held('q-slow');
    athena.badEnds.set('q-slow', new StillRunning('q-slow'));
    await expect(call(HOUR)).rejects.toThrow('query q-slow did not end in the time this function has');
    expect(athena.statements).toBe(0);
    athena.badEnds.clear();
    expect(await call(2 * HOUR)).toMatchObject({ inserted: 1 });
    expect(athena.settled).toEqual(['q-slow', 'q-slow']);
  });
});
