import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hash64 } from '../../core/hash.ts';
import { parseRegistry } from '../../core/registry/registry.ts';
import { edgeCode } from '../../local/edge-code.ts';
import { homeAt } from '../../local/home.ts';
import { requestOf } from '../../local/simulate/delivered.ts';
import { checkScenario, type ScenarioInput } from '../../local/simulate/scenario.ts';
import { planScenario, type Simulated, simulate } from '../../local/simulate/simulate.ts';
import { readTruth } from '../../local/simulate/truth-file.ts';

const NOW = Date.parse('2026-11-23T08:00:00Z');
const SEED = 11;
const input: ScenarioInput = {
  name: 'small',
  days: 4,
  zone: 'Europe/Berlin',
  noise: { unregistered: 20, broken: 24, otherPaths: 20, aborted: 5 },
  campaigns: [
    {
      id: 'sale',
      medium: 'email',
      source: 'letter',
      contents: ['a', 'b'],
      audience: 600,
      copies: 'campaign',
      recording: 'consented',
      consent: 0.5,
      sends: [{ day: 1 }, { day: 3 }],
      looksAgain: 0.3,
      forwarded: 0.1,
      gmailPrefetched: 0.1,
      brokenLinks: 0.05,
      optOut: { gpc: 0.3 },
      scanners: { share: 0.2, disguised: 0.5, copies: 6 },
      machines: { previews: 0.02, clients: 0.02, crawlers: 0.01, monitors: 0.01 },
    },
    { id: 'gone', medium: 'email', audience: 60, recording: 'off', sends: [{ day: 1 }] },
    { id: 'landing', medium: 'page', visitorsPerDay: 60, path: '/a/banner.png' },
  ],
};
const scenario = checkScenario(input, 'small.json');

const root = mkdtempSync(join(tmpdir(), 'clearpixel-simulate-'));
const home = homeAt(join(root, 'one'));
const folders = new Map<string, Simulated>();
const run = async (name: string, seed: number) => {
  const result = await simulate({
    home: homeAt(join(root, name)),
    scenario,
    seed,
    now: NOW,
    edgeCode: edgeCode(),
  });
  folders.set(name, result);
  return result;
};
const bytesOf = (name: string) => {
  const { logs, truth, registry } = homeAt(join(root, name));
  const files = readdirSync(logs).sort();
  return [
    ...files.map((file) => [file, readFileSync(join(logs, file)).toString('hex')]),
    ['truth', readFileSync(truth, 'utf8')],
    ['registry', readFileSync(join(registry, 'campaigns.csv'), 'utf8')],
  ];
};
const linesOf = (logs: string) =>
  readdirSync(logs).flatMap((file) =>
    gunzipSync(readFileSync(join(logs, file)))
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ file, fields: line.split('\t') })),
  );

beforeAll(async () => {
  await run('one', SEED);
  await run('same', SEED);
  await run('other', SEED + 1);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('the files', () => {
  test('the same seed, scenario and now give the same bytes; another seed does not', () => {
    expect(bytesOf('same')).toEqual(bytesOf('one'));
    expect(bytesOf('other')).not.toEqual(bytesOf('one'));
  });

  test('every line is counted once, in an object named by its hour', () => {
    const lines = linesOf(home.logs);
    const { lines: counted, files, truth } = folders.get('one') ?? { lines: 0, files: 0, truth: null };
    expect(lines).toHaveLength(counted);
    expect(truth?.lines).toBe(counted);
    expect(readdirSync(home.logs)).toHaveLength(files);
    expect(lines.filter(({ fields }) => fields.length !== 11)).toEqual([]);
    const misplaced = lines.filter(({ file, fields }) => {
      const hour = new Date(Number(fields[0])).toISOString().slice(0, 13).replace('T', '-');
      return !file.startsWith(`E2SIMULATION01.${hour}.`);
    });
    expect(misplaced).toEqual([]);
  });

  test('some hours are split, and lines are in no order', () => {
    const hours = readdirSync(home.logs).map((file) => file.split('.')[1]);
    expect(new Set(hours).size).toBeLessThan(hours.length);
    const times = linesOf(home.logs).map(({ fields }) => Number(fields[0]));
    expect(times).not.toEqual(times.toSorted((one, other) => one - other));
  });

  test('no address and no nonce is in any file', () => {
    const texts = bytesOf('one').map(([, text = '']) => text);
    const logs = linesOf(home.logs).map(({ fields }) => fields.join('\t'));
    const everything = [...logs, ...texts.slice(-2)].join('\n');
    const { stage } = planScenario(scenario, SEED, NOW);
    const secrets = new Set<string>();
    for (const { loads } of stage.plan.hours()) {
      for (const load of loads) {
        const { ip, query } = requestOf(load);
        secrets.add(ip);
        const nonce = new URLSearchParams(query).get('n');
        if (nonce !== null) secrets.add(nonce);
      }
    }
    expect(secrets.size).toBeGreaterThan(1000);
    expect([...secrets].filter((secret) => everything.includes(secret))).toEqual([]);
    expect(everything).not.toContain('anna.muster');
  });

  test('each load went through the edge with a key of its day', () => {
    const records = linesOf(home.logs)
      .filter(({ fields }) => fields[6] === '/p.gif' || fields[6]?.startsWith('/a/'))
      .map(({ fields }) => ({ atMs: Number(fields[0]), record: new URLSearchParams(fields[10] ?? '') }));
    const { stage } = planScenario(scenario, SEED, NOW);
    const dayOf = (ms: number) => stage.calendar.days[stage.calendar.dayIndex(ms)]?.day;
    expect(records.filter(({ atMs, record }) => record.get('day') !== dayOf(atMs))).toEqual([]);
    expect(records.filter(({ record }) => /nokey|nostore|error/.test(record.get('notes') ?? ''))).toEqual([]);
    const tokens = records.filter(({ record }) => record.has('rid'));
    expect(tokens.length).toBeGreaterThan(50);
    expect(tokens.filter(({ record }) => record.get('campaign') !== 'sale')).toEqual([]);
  });

  test('a copy has one hash over its campaign, however many days it is loaded on', () => {
    const messages = new Set(
      linesOf(home.logs).flatMap(({ fields }) => new URLSearchParams(fields[10] ?? '').getAll('message')),
    );
    const { stage } = planScenario(scenario, SEED, NOW);
    const copies = new Set<string>();
    for (const { loads } of stage.plan.hours()) {
      for (const { link, copy, headers } of loads) {
        const optedOut = 'sec-gpc' in headers || 'dnt' in headers;
        if (link.nonce && !link.query.includes('gone') && copy >= 0 && !optedOut)
          copies.add(`${link.seed}/${copy}`);
      }
    }
    expect(messages.size).toBe(copies.size);
  });

  test('registry and zones are those of the scenario', () => {
    const registry = parseRegistry(
      readFileSync(join(home.registry, 'campaigns.csv'), 'utf8'),
      'csv',
      'campaigns.csv',
    );
    expect(registry.map(({ id, recording, copies, audience }) => [id, recording, copies, audience])).toEqual([
      ['sale', 'consented', 'campaign', 600],
      ['gone', 'off', 'day', 60],
      ['landing', 'aggregate', 'day', null],
    ]);
    const zones = JSON.parse(readFileSync(join(home.registry, 'zones.json'), 'utf8'));
    expect(zones).toEqual([{ from: '1970-01-01', zone: 'Europe/Berlin' }]);
  });
});

describe('the truth', () => {
  test('is written and read as it was found', () => {
    expect(readTruth(home.truth)).toEqual(folders.get('one')?.truth);
    expect(readTruth(join(root, 'none.json'))).toBeNull();
  });

  test('has one label per load, under the id of its line', () => {
    const truth = folders.get('one')?.truth;
    const ids = linesOf(home.logs)
      .filter(({ fields }) => fields[6] === '/p.gif' || fields[6]?.startsWith('/a/'))
      .map(({ fields }) => hash64(fields[1] ?? '').toString());
    expect(truth?.labels.load_id.toSorted()).toEqual(ids.sort());
    expect(truth?.labels.label).toHaveLength(ids.length);
    expect(truth?.labels.cause).toHaveLength(ids.length);
  });

  test('adds up', () => {
    const truth = folders.get('one')?.truth;
    const wrong = truth?.campaigns.filter(
      ({ displays, looked, copiesDisplayed, lookedElsewhere, optedOut, audience }) =>
        displays.some(({ displays: some, atLeast, atMost }) => atLeast > some || some > atMost) ||
        copiesDisplayed > looked + lookedElsewhere ||
        optedOut > copiesDisplayed ||
        looked > (audience ?? Number.POSITIVE_INFINITY),
    );
    expect(wrong).toEqual([]);
    expect(truth?.campaigns.map(({ id, unit }) => [id, unit])).toEqual([
      ['sale', 'message'],
      ['gone', ''],
      ['landing', 'visitor'],
    ]);
    expect(new Set(truth?.labels.label).size).toBe(5);
  });
});

describe('a folder that is in use', () => {
  test('an earlier simulation is replaced', async () => {
    await run('again', SEED + 1);
    await run('again', SEED);
    expect(bytesOf('again')).toEqual(bytesOf('one'));
  });

  test.each([
    {
      name: 'a log object of someone',
      folder: 'logs',
      file: 'E2REAL.2026-11-20-10.1a2b3c4d.gz',
      says: /E2REAL.*--home/,
    },
    {
      name: 'a registry of someone',
      folder: 'registry',
      file: 'campaigns.csv',
      says: /campaigns\.csv was not written/,
    },
  ])('real traffic is refused: $name', async ({ folder, file, says }) => {
    const used = homeAt(join(root, `used-${folder}`));
    mkdirSync(join(used.root, folder), { recursive: true });
    writeFileSync(join(used.root, folder, file), 'real');
    await expect(
      simulate({ home: used, scenario, seed: SEED, now: NOW, edgeCode: edgeCode() }),
    ).rejects.toThrow(says);
    expect(readFileSync(join(used.root, folder, file), 'utf8')).toBe('real');
  });
});
