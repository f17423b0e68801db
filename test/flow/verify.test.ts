import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { type DaysOptions, days as tellDays } from '../../local/commands/days.ts';
import { verify as tellVerified } from '../../local/commands/verify.ts';
import { openWarehouse } from '../../local/duckdb.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { ingestFiles } from '../../local/ingest-files.ts';
import { mergeFresh } from '../../local/merge.ts';
import { withWarehouse } from '../../local/with-warehouse.ts';
import { logFile, logLine } from './logs.ts';

const TUESDAY = 1_794_902_400_000;
const DAY_MS = 86_400_000;
const ZONES = [{ from: '1970-01-01', zone: 'UTC' }];
const FIRST = 'E2EXAMPLE.2026-11-17-08.aaaa1111.gz';
const SECOND = 'E2EXAMPLE.2026-11-18-08.bbbb2222.gz';

let home: Home;

/** Two days of a campaign whose copies are counted over its life, merged. */
beforeEach(async () => {
  home = homeAt(mkdtempSync(join(tmpdir(), 'clearpixel-verify-')));
  mkdirSync(home.registry);
  mkdirSync(home.logs);
  writeFileSync(
    join(home.registry, 'campaigns.csv'),
    'id,copies,sent_from\nspring-sale,campaign,2026-11-17T07:00:00Z\n',
  );
  await deliver(
    FIRST,
    logLine({ id: 'a1' }),
    logLine({ id: 'a2' }),
    logLine({ id: 'a3', path: '/x' }),
    'half',
  );
  await deliver(SECOND, logLine({ id: 'b1', ms: TUESDAY + DAY_MS }));
  await merge();
  return () => rmSync(home.root, { recursive: true });
});

const write = (name: string, ...lines: readonly string[]): void =>
  writeFileSync(join(home.logs, name), logFile(...lines));

async function deliver(name: string, ...lines: readonly string[]): Promise<void> {
  write(name, ...lines);
  const settings = { classifier: createClassifier(), zones: ZONES, assets: [] };
  for await (const result of ingestFiles([join(home.logs, name)], home, settings))
    if ('problem' in result) throw new Error(result.problem);
}

const merge = () =>
  withWarehouse(
    () => openWarehouse(home),
    (warehouse) => mergeFresh(warehouse, home),
  );
const run = (sql: string) =>
  withWarehouse(
    () => openWarehouse(home),
    (warehouse) => warehouse.run(sql),
  );

/** What a command prints, and its exit code. */
async function told(
  command: typeof tellDays | typeof tellVerified,
  options: Partial<DaysOptions> = {},
  json = false,
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(text);
  const terminal = { json, print, warn: print, progress: () => {} };
  const code = await command({ home: home.root, config: 'clearpixel.config.ts', ...options }, terminal);
  return { code, lines };
}
const verify = (options: { readonly since?: string } = {}) => told(tellVerified, options);
/** The rows of the table, their cells joined by a bar. */
const disagreements = async (): Promise<readonly string[]> =>
  (await verify()).lines.slice(2).map((line) => line.split(/ {2,}/).join(' | '));

describe('clearpixel verify', () => {
  test('says in one line that all agree', async () => {
    expect(await verify()).toEqual({
      code: 0,
      lines: [
        'all agree: 2 days (2026-11-17 to 2026-11-18) with 5 lines, 2 log objects, 0 fresh files waiting',
      ],
    });
  });

  test('takes rows that wait in a fresh file for what they are', async () => {
    await deliver('E2EXAMPLE.2026-11-18-09.cccc3333.gz', logLine({ id: 'c1', ms: TUESDAY + DAY_MS }));
    const { code, lines } = await verify();
    expect([code, lines[0]]).toEqual([
      0,
      expect.stringContaining('with 5 lines, 3 log objects, 1 fresh file waiting'),
    ]);
  });

  test('takes a log without lines, and one whose loads all came with another', async () => {
    await deliver('E2EXAMPLE.2026-11-18-09.cccc3333.gz');
    await deliver('E2EXAMPLE.2026-11-18-09.dddd4444.gz', logLine({ id: 'a1' }), logLine({ id: 'a2' }));
    await merge();
    expect(await verify()).toMatchObject({ code: 0 });
  });

  test.each([
    {
      name: 'a log that was never ingested',
      harm: async () =>
        write('E2EXAMPLE.2026-11-18-10.eeee5555.gz', logLine({ id: 'e1' }), logLine({ id: 'a1' })),
      says: ['logs | - | 2 rows in events | 1 | E2EXAMPLE.2026-11-18-10.eeee5555.gz'],
    },
    {
      name: 'a log that cannot be parsed',
      harm: async () =>
        writeFileSync(join(home.logs, 'E2EXAMPLE.2026-11-18-10.eeee5555.gz'), logFile('a').subarray(0, 40)),
      says: [
        'logs | - | a copy in quarantine | none, and it cannot be parsed | E2EXAMPLE.2026-11-18-10.eeee5555.gz',
      ],
    },
    {
      name: 'rows that are gone',
      harm: () => run(`delete from events where log_object = '${SECOND}'`),
      says: [
        `logs | - | 1 row in events | 0 | ${SECOND}`,
        expect.stringMatching(
          /^daily \| 2026-11-18 \| loads 0, firsts 0, lines 0 \| loads 1, firsts 1, lines 1 \| spring-sale email /,
        ),
        'hourly | 2026-11-18 | firsts 0 | firsts 1 | spring-sale 2026-11-18T08h at_least',
        'copies | - | messages 2 | messages 3 | spring-sale at_least',
      ],
    },
    {
      name: 'a load that is there twice',
      harm: () => run(`insert into events select * from events where log_object = '${SECOND}'`),
      says: [
        'events | 2026-11-18 | a row each | 2 rows | 1 load id',
        expect.stringMatching(
          /^daily \| 2026-11-18 \| loads 2, lines 2 \| loads 1, lines 1 \| spring-sale email /,
        ),
      ],
    },
    {
      name: 'a count that is wrong',
      harm: () =>
        run("update daily set loads = loads + 1 where campaign = 'spring-sale' and dt = '2026-11-17'"),
      says: [expect.stringMatching(/^daily \| 2026-11-17 \| loads 2 \| loads 3 \| spring-sale email /)],
    },
    {
      name: 'a count that is missing',
      harm: () => run("delete from daily where reason = 'bad_line'"),
      says: ['daily | 2026-11-17 | loads 0, firsts 0, lines 1 | no row | dropped bad_line'],
    },
    {
      name: 'an hour and a copy that nobody had',
      harm: async () => {
        await run("insert into hourly values ('spring-sale', 1794906000000, 'at_least', 7, '2026-11-17')");
        await run("insert into copies values ('spring-sale', 'neither', 9)");
      },
      says: [
        'hourly | 2026-11-17 | firsts 0 | firsts 7 | spring-sale 2026-11-17T09h at_least',
        'copies | - | messages 0 | messages 9 | spring-sale neither',
      ],
    },
  ])('finds $name', async ({ harm, says }) => {
    await harm();
    expect(await disagreements()).toEqual(says);
    expect(await verify()).toMatchObject({
      code: 1,
      lines: [
        expect.stringMatching(/^not all agree, /),
        ...says.map(() => expect.anything()),
        expect.anything(),
      ],
    });
  });

  test('leaves out days of which only counts are left, and days before the first asked for', async () => {
    await run("delete from events where dt = '2026-11-17'");
    rmSync(join(home.logs, FIRST));
    expect((await verify()).lines).toEqual([
      'all agree: 1 day (2026-11-18) with 1 line, 1 log object, 0 fresh files waiting; 1 day of which only counts are left',
    ]);
    await run("update daily set loads = 9 where dt = '2026-11-18'");
    expect(await verify({ since: '2026-11-19' })).toMatchObject({ code: 0 });
    expect(await verify({ since: '2026-11-18' })).toMatchObject({ code: 1 });
  });

  test('gives it all as one object', async () => {
    await run("delete from daily where reason = 'bad_line'");
    const { code, lines } = await told(tellVerified, {}, true);
    expect(code).toBe(1);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        agree: false,
        days: ['2026-11-17', '2026-11-18'],
        lines: 4,
        countedOnly: 0,
        logs: 2,
        arriving: 0,
        fresh: 0,
        quarantined: 0,
        disagreements: [
          {
            place: 'daily',
            day: '2026-11-17',
            of: 'dropped bad_line',
            expected: 'loads 0, firsts 0, lines 1',
            got: 'no row',
          },
        ],
      },
    ]);
  });
});

describe('clearpixel days', () => {
  test('tells each day, what waits for it and what its counts hold', async () => {
    await deliver('E2EXAMPLE.2026-11-18-09.cccc3333.gz', logLine({ id: 'c1', ms: TUESDAY + DAY_MS }));
    const { code, lines } = await told(tellDays);
    const ruleset = createClassifier().ruleset;
    expect(lines.slice(0, 3).map((line) => line.split(/ +/))).toEqual([
      'day state waiting lines rows drops files size rulesets'.split(' '),
      `2026-11-17 sealed 0 4 2 2 - - ${ruleset}`.split(' '),
      `2026-11-18 sealed 1 1 1 0 - - ${ruleset}`.split(' '),
    ]);
    expect(lines[3]).toBe('2 days: 0 open, 0 merged, 2 sealed');
    expect(code).toBe(0);
  });

  test('tells the days asked for, one object each', async () => {
    const { lines } = await told(tellDays, { since: '2026-11-18', until: '2026-11-30' }, true);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      day: '2026-11-18',
      state: 'sealed',
      fresh: 0,
      lines: 1,
      rows: 1,
      drops: 0,
      rulesets: [createClassifier().ruleset],
      files: null,
      bytes: null,
    });
    expect(lines).toHaveLength(2);
  });
});

test.each([
  { name: 'days', command: tellDays },
  { name: 'verify', command: tellVerified },
])('clearpixel $name makes no database where there is none', async ({ command }) => {
  rmSync(home.database);
  await expect(told(command)).rejects.toThrow('does not exist: ingest logs or simulate first');
  expect(existsSync(home.database)).toBe(false);
});
