import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const FIELDS =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query';
const CHROME =
  'Mozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Chrome/153.0.0.0%20Safari/537.36';

const line = (second: number, path = '/p.gif', query = 'utm_campaign=spring-sale'): string =>
  `2026-11-16\t08:00:${String(second).padStart(2, '0')}\tFRA2\t400\t192.0.2.${second}\tGET\td1.example\t${path}\t200\t-\t${CHROME}\t${query}`;
const file = (lines: readonly string[]): Buffer =>
  gzipSync(`#Version: 1.0\n#Fields: ${FIELDS}\n${lines.join('\n')}\n`);

let folder: string;
const path = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function clearpixel(args: readonly string[], input = ''): Answer {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['bin/clearpixel.ts', '--config', 'test/flow/all-kept.config.ts', ...args, '--home', path('home')],
    { input, encoding: 'utf8' },
  );
  return { code: status, out: stdout, err: stderr };
}

const rowsOf = (sql: string): unknown[] => {
  const { out } = clearpixel(['query', sql, '--json']);
  return out
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row));
};

describe('ingest', () => {
  const good = file([line(1), line(2), line(3, '/index.html'), 'half a line']);

  test('takes the good file in, names the broken one with its byte, and says so by its exit code', () => {
    writeFileSync(path('EXAMPLE.2026-11-16-08.aaaa1111.gz'), good);
    writeFileSync(path('EXAMPLE.2026-11-16-08.bbbb2222.gz'), file([line(4), line(5)]).subarray(0, 120));
    const { code, out, err } = clearpixel(['ingest', folder, '--import', '--json']);
    const [first, second] = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(first).toMatchObject({ lines: 4, rows: 2, drops: { not_pixel: 1, bad_line: 1 } });
    expect(second).toMatchObject({ error: expect.stringMatching(/bbbb2222.*byte \d+/) });
    expect(err).toMatch(/bbbb2222.*byte \d+/);
    expect(code).toBe(3);
  });

  test('adds what was missing after the repair, and doubles nothing', () => {
    writeFileSync(path('EXAMPLE.2026-11-16-08.bbbb2222.gz'), file([line(4), line(5)]));
    expect(clearpixel(['ingest', folder, '--import']).code).toBe(0);
    expect(clearpixel(['ingest', folder, '--import']).out).toContain('0 new rows');
    expect(rowsOf('select sum(lines) as lines, count(*) as loads_and_drops from events')).toEqual([
      { lines: 6, loads_and_drops: 6 },
    ]);
    expect(rowsOf("select sum(lines) as lines from daily where dt = '2026-11-16'")).toEqual([{ lines: 6 }]);
  });

  test('keeps no address in any file of the home folder', () => {
    const dump = clearpixel(['query', 'select * from events', '--json']).out;
    expect(dump).not.toMatch(/192\.0\.2\./);
  });

  test.each([FIELDS, FIELDS.replaceAll(' ', ',')])(
    'takes the columns of a bare file from --fields %s',
    (names) => {
      writeFileSync(path('bare.log'), line(9));
      const { code, out } = clearpixel(['ingest', path('bare.log'), '--import', '--json', '--fields', names]);
      rmSync(path('bare.log'));
      expect(JSON.parse(out)).toMatchObject({ lines: 1, rows: 1, drops: {} });
      expect(code).toBe(0);
    },
  );

  test('refuses to import its own logs, which would count them twice', () => {
    mkdirSync(path('home/logs'), { recursive: true });
    writeFileSync(path('home/logs/EXAMPLE.2026-11-16-08.cccc3333.gz'), good);
    const { code, err } = clearpixel(['ingest', path('home/logs'), '--import']);
    rmSync(path('home/logs'), { recursive: true });
    expect(err).toContain("home/logs holds clearpixel's own logs, got --import: ingest them without it");
    expect(code).toBe(2);
  });

  const refusals = [
    {
      name: 'a path that does not exist',
      args: ['ingest', '/no/such/place'],
      says: '/no/such/place does not exist',
    },
    { name: '--asset without --import', args: ['ingest', '.', '--asset', 'x'], says: 'add --import' },
    {
      name: 'a broken pattern',
      args: ['ingest', '.', '--import', '--asset', '('],
      says: 'regular expression',
    },
    { name: 'an unknown flag', args: ['ingest', '.', '--nope'], says: "unknown option '--nope'" },
    { name: 'a period nobody knows', args: ['report', '--period', 'soon'], says: 'a period is a week' },
    {
      name: 'a scenario that is no file',
      args: ['simulate', '--scenario', '/nope.json'],
      says: '/nope.json does not exist: name one that does',
    },
    {
      name: 'a report into a folder that does not exist',
      args: ['report', '--out', '/nope/report.txt'],
      says: '/nope/report.txt does not exist: name one that does, or make its folder',
    },
    { name: 'a port that is no number', args: ['serve', '--port', 'x'], says: 'whole number' },
    { name: 'a port that no machine has', args: ['serve', '--port', '99999'], says: '0 to 65535' },
    { name: 'a scale that is no number', args: ['simulate', '--scale', 'x'], says: 'number above 0' },
    { name: 'a network that cannot be', args: ['explain', 'x', '--asn', '4294967296'], says: '32 bits' },
    { name: 'a country in words', args: ['explain', 'x', '--country', 'germany'], says: 'such as DE' },
    {
      name: 'a signal nobody sends',
      args: ['explain', 'x', '--signals', 'gpc,foo'],
      says: '--signals takes dnt, gpc, prefetch, got "foo"',
    },
    {
      name: 'a settings file that does not exist',
      args: ['report', '--config', '/nope.config.ts'],
      says: '/nope.config.ts does not exist',
    },
  ];
  test.each(refusals)('refuses $name with one sentence', ({ args, says }) => {
    const { code, err } = clearpixel(args);
    expect(err).toContain(says);
    expect(err).not.toContain('    at ');
    expect(code).toBe(2);
  });

  test('refuses a settings file that breaks a rule, with the value got', () => {
    writeFileSync(path('bad.config.ts'), "export default { timeZone: 'Mars/Olympus' };\n");
    const { code, err } = clearpixel(['ingest', folder, '--config', path('bad.config.ts')]);
    expect(err).toContain('timeZone: name an IANA time zone, such as Europe/Berlin, got "Mars/Olympus"');
    expect(code).toBe(2);
  });
});

describe('report', () => {
  test('tells the last seven days with loads', () => {
    const { code, out } = clearpixel(['report']);
    expect(out).toContain('A load is a trend, not a read receipt');
    expect(code).toBe(0);
  });

  test('writes a page that holds the same figures', () => {
    expect(clearpixel(['report', '--format', 'html', '--period', '2026-W47']).out).toContain(
      '<!doctype html>',
    );
  });
});

describe('query', () => {
  test('prints no control characters that a log brought', () => {
    const { out } = clearpixel(['query', "select 'a' || chr(27) || '[2J' || chr(10) || 'b' as agent"]);
    expect(out).toBe('agent\na\uFFFD[2J\uFFFDb\n');
  });

  test('refuses to write', () => {
    const { code, err } = clearpixel(['query', 'delete from events']);
    expect(err).toContain('takes one statement that reads');
    expect(code).not.toBe(0);
  });
});

describe('classify', () => {
  test('answers one verdict a line, and an error in the place of a bad one', () => {
    const input = ['{"ua":"Mozilla/5.0","asn":36183}', 'nonsense', '{"ua":"curl/8.5.0"}'].join('\n');
    const { code, out } = clearpixel(['classify'], input);
    const verdicts = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(verdicts).toEqual([
      expect.objectContaining({ class: 'proxied', kind: 'regardless', confidence: 'high' }),
      { error: expect.any(String) },
      expect.objectContaining({ class: 'automated', kind: 'client' }),
    ]);
    expect(code).toBe(2);
  });
});

describe('explain', () => {
  test('says what decided, and what cannot be known', () => {
    const { code, out } = clearpixel(['explain', 'Mozilla/5.0', '--asn', '36183']);
    expect(out).toContain('Apple');
    expect(out).toContain('What cannot be known');
    expect(code).toBe(0);
  });
});
