import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, DAY_MS, utcDay, utcStart } from '../../core/day.ts';
import { logFile, logLine } from './logs.ts';

const ADA = 'Ada0-token_r7Qz0pXk';
const BOB = 'Bob0-token_kX0pz7Qr';
/** Two days that are over and not sealed, whenever this runs. */
const FIRST = utcDay(Date.now() - 2 * DAY_MS);
const SECOND = addDays(FIRST, 1);
const LOG = `E2EXAMPLE.${FIRST}-08.1a2b3c4d.gz`;
const AT_EIGHT = 8 * 3_600_000;

let folder: string;
const path = (name: string): string => join(folder, name);

/** Two readers of a consented campaign whose copies are counted over its life, over two days. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-forget-'));
  mkdirSync(path('home/registry'), { recursive: true });
  writeFileSync(path('home/registry/campaigns.csv'), 'id,recording,copies\nspring-sale,consented,campaign\n');
  writeFileSync(
    path(LOG),
    logFile(
      logLine({ id: 'a1', message: 'ada', recipient: ADA, ms: utcStart(FIRST) + AT_EIGHT }),
      logLine({ id: 'a2', message: 'ada', recipient: ADA, ms: utcStart(SECOND) + AT_EIGHT }),
      logLine({ id: 'b1', message: 'bob', recipient: BOB, ms: utcStart(FIRST) + AT_EIGHT }),
    ),
  );
  return () => rmSync(folder, { recursive: true });
});

function clearpixel(...args: readonly string[]) {
  const command = ['bin/clearpixel.ts', '--home', path('home'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
const ingest = () => clearpixel('ingest', path(LOG));
const rowsOf = (sql: string): readonly unknown[] =>
  clearpixel('query', sql, '--json')
    .out.trim()
    .split('\n')
    .map((row) => JSON.parse(row));
const events = () =>
  rowsOf(
    'select dt, recipient, count(message) as messages, count(visitor) as visitors, count(network) as networks, count(*) as loads from events group by all order by all',
  );
const displays = () =>
  rowsOf("select sum(at_least) as at_least, sum(loads) as loads from campaign_daily where dt > '2026'");
const copies = () => rowsOf('select * from copies');

const FORGOTTEN = [
  { dt: FIRST, recipient: BOB, messages: 1, visitors: 1, networks: 1, loads: 1 },
  { dt: FIRST, recipient: null, messages: 0, visitors: 0, networks: 0, loads: 1 },
  { dt: SECOND, recipient: null, messages: 0, visitors: 0, networks: 0, loads: 1 },
];

describe('a forgotten recipient', () => {
  test('leaves every row, and its loads stay as loads of nobody', () => {
    expect(ingest().code).toBe(0);
    expect(displays()).toEqual([{ at_least: 3, loads: 3 }]);
    expect(copies()).toEqual([{ campaign: 'spring-sale', tier: 'at_least', messages: 2 }]);
    const { code, out } = clearpixel('forget', '--recipient', ADA);
    expect([code, out]).toEqual([0, expect.stringContaining(`2 loads on 2 days (${FIRST} to ${SECOND})`)]);
    expect(out).toContain(`recipient = '${ADA}': 0\n`);
    expect(out).toContain(`remains: the log files in ${path('home/logs')}`);
    expect(events()).toEqual(FORGOTTEN);
    expect(displays()).toEqual([{ at_least: 1, loads: 3 }]);
    expect(copies()).toEqual([{ campaign: 'spring-sale', tier: 'at_least', messages: 1 }]);
  });

  test('is in no byte of the home folder, but for a salted hash', () => {
    ingest();
    const holders = (token: string): string =>
      spawnSync('grep', ['-rlaF', token, path('home')], { encoding: 'utf8' }).stdout;
    expect(holders(ADA)).toContain('clearpixel.duckdb');
    clearpixel('forget', '--recipient', ADA);
    expect(holders(ADA)).toBe('');
    expect(holders(BOB)).toContain('clearpixel.duckdb');
    const kept = JSON.parse(readFileSync(path('home/registry/forgotten.json'), 'utf8'));
    expect(kept).toEqual({ salt: expect.stringMatching(/^[0-9a-f]{64}$/), hashes: [expect.any(String)] });
    expect(statSync(path('home/registry/forgotten.json')).mode & 0o077).toBe(0);
  });

  test('does not come back with a log that is read again, nor one that is read later', () => {
    ingest();
    clearpixel('forget', '--recipient', ADA);
    ingest();
    expect(events()).toEqual(FORGOTTEN);
    rmSync(path('home/clearpixel.duckdb'));
    ingest();
    expect(events()).toEqual(FORGOTTEN);
    expect(displays()).toEqual([{ at_least: 1, loads: 3 }]);
  });

  test('may be forgotten again, and before it ever came', () => {
    expect(clearpixel('forget', '--recipient', ADA)).toMatchObject({
      code: 0,
      out: expect.stringContaining('no load had this token'),
    });
    ingest();
    expect(events()).toEqual(FORGOTTEN);
    expect(JSON.parse(clearpixel('forget', '--recipient', ADA, '--json').out)).toEqual({
      token: ADA,
      loads: 0,
      days: [],
      left: 0,
    });
  });

  test.each(["x' or 1=1", 'ada@example.com', 'a'.repeat(65)])('is no token where it is %j', (token) => {
    const { code, err } = clearpixel('forget', '--recipient', token);
    expect([code, err]).toEqual([2, expect.stringContaining('a token is 1 to 64 of')]);
  });
});
