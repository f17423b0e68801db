import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { daysWith, type TablesClients } from '../../cloud/commands/days.ts';
import { verifyWith } from '../../cloud/commands/verify.ts';
import { createClassifier } from '../../core/classify/classify.ts';
import { mergeTables } from '../../lambda/merge-tables.ts';
import { DuckdbAthena } from './duckdb-athena.ts';
import type { FakeS3 } from './fake-s3.ts';
import { logFile, logLine } from './logs.ts';
import { cloudFormation, deployedS3, ingestObject, mergeHost } from './stack-in-memory.ts';

const TUESDAY = 1_794_902_400_000;
const DAY_MS = 86_400_000;
/** The fake writes its objects in the first seconds of 1970: no log is still on its way. */
const NOW = TUESDAY + 3 * DAY_MS;
const classifier = createClassifier();

let s3: FakeS3;
let athena: DuckdbAthena;
let merges: number;

beforeEach(async () => {
  s3 = deployedS3();
  athena = await DuckdbAthena.open(s3);
  // As Iceberg has it: a row per partition, whose columns are in one.
  await athena.rows(
    `create view "events$partitions" as select {'dt': dt} as "partition", count(distinct log_object) as file_count, 1000 * count(*) as total_size from events group by dt`,
  );
  merges = 0;
  await deliver('first.gz', logLine({ id: 'a1' }), logLine({ id: 'a2' }), 'half');
  await deliver('second.gz', logLine({ id: 'b1', ms: TUESDAY + DAY_MS }));
  await merge();
});
afterEach(() => athena.close());

/** A log, ingested; answers whether it could be. */
async function deliver(name: string, ...lines: readonly string[]): Promise<boolean> {
  s3.put(`logs/logs/${name}`, logFile(...lines));
  return ingest(name);
}

const ingest = (name: string): Promise<boolean> => ingestObject(s3, `logs/${name}`);

function merge() {
  merges += 1;
  const now = merges * 3_600_000;
  return mergeTables(mergeHost(s3, athena, now));
}

async function told(command: typeof daysWith | typeof verifyWith, now = NOW, options: object = {}) {
  const printed: string[] = [];
  const warned: string[] = [];
  const clients: TablesClients = {
    cloudFormation,
    s3: s3.client,
    openWarehouse: () => athena.warehouse(),
    now,
  };
  const terminal = {
    json: false,
    print: (text: string) => void printed.push(text),
    warn: (text: string) => void warned.push(text),
    progress: () => {},
  };
  const code = await command({ stack: 'ClearPixel', ...options }, terminal, clients);
  return { code, printed, warned };
}

describe('clearpixel verify of a deployed stack', () => {
  it('says in one line that all agree', async () => {
    expect(await told(verifyWith)).toEqual({
      code: 0,
      printed: [
        'all agree: 2 days (2026-11-17 to 2026-11-18) with 4 lines, 2 log objects, 0 fresh files waiting',
      ],
      warned: [],
    });
  });

  it('counts what waits for a merge, is on its way or in quarantine', async () => {
    await deliver('third.gz', logLine({ id: 'c1' }));
    s3.put('logs/logs/broken.gz', logFile(logLine({ id: 'd1' })).subarray(0, 40));
    expect(await ingest('broken.gz')).toBe(false);
    s3.put('logs/logs/late.gz', logFile(logLine({ id: 'e1' })));
    expect((await told(verifyWith, 3_600_000)).printed).toEqual([
      expect.stringMatching(
        /^all agree: .* 5 log objects, 1 fresh file waiting; 1 log object so young that .*, 1 in quarantine$/,
      ),
    ]);
  });

  it('finds a log that went nowhere, rows that are gone and a count that is wrong', async () => {
    s3.put('logs/logs/lost.gz', logFile(logLine({ id: 'e1' })));
    await athena.rows("delete from events where log_object = 'logs/second.gz'");
    await athena.rows("update daily set firsts = 7 where class <> 'dropped' and dt = '2026-11-17'");
    const { code, printed, warned } = await told(verifyWith);
    expect(printed.map((line) => line.split(/ {2,}/).slice(0, 4).join(' | '))).toEqual([
      expect.stringMatching(/^not all agree, 2 in logs and 2 in daily: 2 days /),
      'place | day | expected | got',
      'logs | - | 1 row in events | 0',
      'logs | - | 1 row in events | 0',
      'daily | 2026-11-17 | firsts 2 | firsts 7',
      'daily | 2026-11-18 | loads 0, firsts 0, lines 0 | loads 1, firsts 1, lines 1',
    ]);
    expect(code).toBe(1);
    expect(warned).toEqual([expect.stringContaining('run this again in some minutes')]);
  });

  it('changes nothing', async () => {
    const before = new Map(s3.objects);
    const { calls } = s3;
    calls.length = 0;
    await told(verifyWith);
    expect(s3.objects).toEqual(before);
    expect(calls.filter((call) => !/^(Get|List) /.test(call))).toEqual([]);
  });
});

describe('clearpixel days of a deployed stack', () => {
  it('tells files and size of each day as well', async () => {
    await deliver('third.gz', logLine({ id: 'c1', ms: TUESDAY + 2 * DAY_MS }));
    const { code, printed, warned } = await told(daysWith, TUESDAY + 3.5 * DAY_MS, { until: '2026-11-30' });
    const { ruleset } = classifier;
    expect(printed.map((line) => line.split(/ {2,}/))).toEqual([
      'day state waiting lines rows drops files size rulesets'.split(' '),
      ['2026-11-17', 'merged', '0', '3', '2', '1', '1', '0.00 MB', ruleset],
      ['2026-11-18', 'merged', '0', '1', '1', '0', '1', '0.00 MB', ruleset],
      ['2026-11-19', 'merged', '1', '0', '0', '0', '0', '0.00 MB', '-'],
    ]);
    expect([code, warned]).toEqual([0, ['3 days: 0 open, 3 merged, 0 sealed']]);
  });
});
