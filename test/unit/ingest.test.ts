import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type IngestSettings, LogError } from '../../core/ingest.ts';
import { ingestRows, ingestWhole } from './ingest-rows.ts';
import { readWithDuckdb, readWithHyparquet } from './parquet-readers.ts';
import { referenceIngest } from './reference-parser.ts';
import { standInClassifier } from './stand-in-classifier.ts';

const FOLDER = new URL('./logs/', import.meta.url);
const NAME = 'logs/E2EXAMPLE.2026-11-23-08.1a2b3c4d.gz';
const OWN: IngestSettings = {
  classifier: standInClassifier(),
  zones: [{ from: '2020-01-01', zone: 'UTC' }],
  assets: ['banner.png'],
};
const IMPORT: IngestSettings = { ...OWN, import: { secret: Buffer.alloc(32, 1) } };
const settingsOf = (file: string): IngestSettings => (file.startsWith('own') ? OWN : IMPORT);

const fixture = (file: string): Buffer => readFileSync(new URL(file, FOLDER));
const rowsOf = (file: string, settings = settingsOf(file)) =>
  ingestRows({ name: NAME, bytes: fixture(file) }, settings);
const ingestText = (text: string | Uint8Array, settings = IMPORT, name = NAME) =>
  ingestWhole({ name, bytes: Buffer.from(text as string) }, settings);

const PARSED = readdirSync(FOLDER).filter((file) => !/^no-/.test(file));

describe('each kind of log', () => {
  const COUNTS = [
    { file: 'legacy-12-columns-crlf.txt', lines: 3, rows: 1, drops: { not_pixel: 1, bad_method: 1 } },
    { file: 'legacy-tabs-in-header.txt', lines: 6, rows: 4, drops: { bad_line: 1, bad_time: 1 } },
    {
      file: 'own-v2.txt',
      lines: 9,
      rows: 5,
      drops: { bad_line: 1, bad_time: 1, not_pixel: 1, bad_method: 1 },
    },
    { file: 'own-v2.json.txt', lines: 3, rows: 2, drops: { bad_line: 1 } },
    { file: 'header-changes.txt', lines: 2, rows: 2, drops: {} },
    { file: 'bare-header.txt', lines: 1, rows: 1, drops: {} },
    { file: 'header-only.txt', lines: 0, rows: 0, drops: {} },
  ];
  test('has its counts here', () => expect(COUNTS.map(({ file }) => file).sort()).toEqual(PARSED.sort()));

  test.each(COUNTS)('is counted: $file', async ({ file, lines, rows, drops }) => {
    const { fresh, ...counts } = await ingestWhole({ name: NAME, bytes: fixture(file) }, settingsOf(file));
    expect(counts).toMatchObject({ object: NAME, lines, rows, drops });
    expect(fresh).toHaveLength(lines === 0 ? 0 : 1);
  });

  test.each(PARSED.filter((file) => file !== 'bare-header.txt'))(
    'gives the rows of the plain parser: %s',
    (file) => {
      const object = { name: NAME, bytes: fixture(file) };
      expect(rowsOf(file)).toEqual(referenceIngest(object, settingsOf(file)).rows);
    },
  );

  test.each(PARSED)('comes out of Parquet with the same values: %s', async (file) => {
    const [fresh] = (await ingestWhole({ name: NAME, bytes: fixture(file) }, settingsOf(file))).files;
    if (fresh === undefined) return;
    expect(fresh.name).toMatch(/^[0-9a-f]{16}-[0-9a-f]{16}\.parquet$/);
    expect(await readWithHyparquet(fresh.bytes)).toEqual(rowsOf(file));
    expect(await readWithDuckdb(fresh.bytes)).toEqual(rowsOf(file));
  });

  test.each(PARSED)('is the same packed, in two members, and with a byte order mark: %s', (file) => {
    const bytes = fixture(file);
    const plain = rowsOf(file);
    const half = bytes.length >> 1;
    const packings = [
      gzipSync(bytes),
      Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]),
      Buffer.concat([gzipSync(bytes), Buffer.alloc(512)]),
      Buffer.concat([Buffer.from('\ufeff'), bytes]),
    ];
    for (const packed of packings) {
      expect(ingestRows({ name: NAME, bytes: packed }, settingsOf(file))).toEqual(plain);
    }
  });
});

describe('a load of our own logs', () => {
  const [first, optedOut, refused, trial, unrecorded] = rowsOf('own-v2.txt');
  test('keeps what the edge recorded, and its day', () => {
    expect(first).toMatchObject({
      loaded_ms: 1795420800123n,
      campaign: 'spring',
      mode: 'aggregate',
      registered: true,
      asset: 'pixel',
      visitor: 255n,
      network: 2n ** 63n - 1n,
      message: 1n,
      user_agent: 'Mozilla/5.0 (X11)\ttab',
      dt: '2026-11-24',
    });
  });
  test('with an opt-out keeps next to nothing', () => {
    const kept = Object.entries(optedOut ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]));
    const allowed = 'load_id loaded_ms lines campaign mode class flags ruleset parser log_object dt';
    expect(kept).toEqual(allowed.split(' '));
    expect(optedOut).toMatchObject({ flags: 'gpc' });
  });
  test('without an image is invalid and has no input', () => {
    expect(refused).toMatchObject({
      class: 'invalid',
      kind: 'status',
      asset: 'banner.png',
      input_id: null,
      flags: 'mailproxy nokey',
    });
  });
  test('of a test campaign is invalid, and an unknown asset has no name', () => {
    expect(trial).toMatchObject({ class: 'invalid', kind: 'test', asset: 'other', input_id: null });
  });
  test('without a record is still a load', () => {
    expect(unrecorded).toMatchObject({
      campaign: null,
      registered: null,
      flags: 'norecord',
      dt: '2026-11-23',
    });
  });
});

describe('a load of an imported log', () => {
  const [first, again, other, spoilt] = rowsOf('legacy-tabs-in-header.txt');
  test('has its campaign from the query string, and neither address nor recipient', () => {
    expect(first).toMatchObject({
      campaign: 'spring-sale',
      medium: 'email',
      mode: 'imported',
      registered: true,
      asset: 'p.gif',
      recipient: null,
      referer_host: 'mail.example.com',
    });
    expect(Object.values(first ?? {}).join(' ')).not.toMatch(/192\.0\.2|secret|inbox/);
  });
  test('repeated in every byte is another load of the same visitor and copy', () => {
    expect(again?.['load_id']).not.toBe(first?.['load_id']);
    expect(again).toMatchObject({ visitor: first?.['visitor'], message: first?.['message'] });
  });
  test('without a valid campaign belongs to none', () => {
    expect(other).toMatchObject({ campaign: '(none)', medium: null, mode: 'imported', registered: true });
  });
  test('keeps a bad escape as it is, ignores columns too many, and lives without an address', () => {
    expect(spoilt).toMatchObject({ user_agent: '50% off%zz', visitor: null, network: null, message: null });
  });
  test('may hold an old user agent, escaped twice', () => {
    expect(rowsOf('legacy-12-columns-crlf.txt')[0]).toMatchObject({
      asset: 'Logo.PNG',
      user_agent: 'Mozilla/5.0 (Windows NT 6.1) Chrome/34.0',
    });
  });
  test('is told from others by a pattern for its path', () => {
    const settings = { ...IMPORT, import: { secret: Buffer.alloc(32, 1), asset: /two/ } };
    expect(rowsOf('header-changes.txt', settings).map((row) => row['asset'] ?? row['reasons'])).toEqual([
      'two.gif',
      'not_pixel',
    ]);
  });
  test('belongs to a campaign that is not admitted by name only', () => {
    const asked: string[] = [];
    const admits = (name: string) => asked.push(name) === 0;
    const settings = { ...IMPORT, import: { secret: Buffer.alloc(32, 1), admits } };
    const [refused, , none] = rowsOf('legacy-tabs-in-header.txt', settings);
    expect(refused).toMatchObject({ campaign: 'spring-sale', mode: null, registered: false });
    expect(none).toMatchObject({ campaign: '(none)', mode: 'imported', registered: true });
    expect(asked).toEqual([...new Set(asked)]);
    expect(asked).toContain('spring-sale');
  });
  test('has other hashes under another secret', () => {
    const settings = { ...IMPORT, import: { secret: Buffer.alloc(32, 2) } };
    expect(rowsOf('legacy-tabs-in-header.txt', settings)[0]?.['visitor']).not.toBe(first?.['visitor']);
  });
});

describe('a line without a usable time is counted', () => {
  const header = '#Fields: date time cs-method cs-uri-stem';
  const bad = '2026-02-30\t08:00:00\tGET\t/p.gif';
  const DAYS = [
    {
      name: 'on the day of the first usable line',
      text: [header, bad, '2026-11-20\t08:00:00\tGET\t/x', bad],
      day: '2026-11-20',
    },
    { name: 'on the day in the name', text: [header, bad], day: '2026-11-23' },
    { name: 'on the first of all days', text: [header, bad], day: '1970-01-01', object: 'some.log' },
    {
      name: 'on the first of all days, as the name lies',
      text: [header, bad],
      day: '1970-01-01',
      object: 'E2.2026-13-23-08.x.gz',
    },
  ];
  test.each(DAYS)('$name', async ({ text, day, object }) => {
    expect((await ingestText(text.join('\n'), IMPORT, object ?? NAME)).days).toEqual([day]);
  });
});

describe('our own logs hold lines of around their hour', () => {
  const HOUR = Date.UTC(2026, 10, 23, 8);
  const DAY = 86_400_000;
  const line = (ms: number) =>
    `#Fields: timestamp(ms) cs-method cs-uri-stem sc-status cs(User-Agent) viewer-request-log-data\n${ms}\tGET\t/p.gif\t200\t-\t-`;
  const TIMES = [
    { name: '35 days before', ms: HOUR - 35 * DAY, drops: {} },
    { name: 'earlier', ms: HOUR - 35 * DAY - 1, drops: { bad_time: 1 } },
    { name: 'a day after its end', ms: HOUR + 3_600_000 + DAY, drops: {} },
    { name: 'later', ms: HOUR + 3_600_000 + DAY + 1, drops: { bad_time: 1 } },
    { name: 'earlier, but the name has no hour', ms: 1, drops: {}, object: 'logs/x.gz' },
  ];
  test.each(TIMES)('$name', async ({ ms, drops, object }) => {
    expect((await ingestText(line(ms), OWN, object)).drops).toEqual(drops);
  });
});

const HEADER = '#Fields: date time cs-method cs-uri-stem\n';

describe('a line of a mebibyte', () => {
  test.each([
    { name: 'in columns', line: (rest: string) => `${HEADER}2026-01-02\t03:04:05\tGET\t/a.gif\t${rest}` },
    {
      name: 'as an object',
      line: (rest: string) =>
        `{"date":"2026-01-02","time":"03:04:05","cs-method":"GET","cs-uri-stem":"/a.gif","x":"${rest}"}`,
    },
    {
      name: 'as an object with an escape',
      line: (rest: string) =>
        `{"date":"2026-01-02","time":"03:04:05","cs-method":"GET","cs-uri-stem":"\\/a.gif","x":"${rest}"}`,
    },
  ])('is read like any other: $name', async ({ line }) => {
    const size = Buffer.byteLength(line('').replace(HEADER, ''));
    const text = `${line('x'.repeat(2 ** 20 - size))}\n`;
    expect(await ingestText(text)).toMatchObject({ lines: 1, rows: 1, drops: {} });
  });
});

describe('what cannot be parsed at all is refused by name', () => {
  const packed = gzipSync(fixture('own-v2.txt'));
  const corrupt = Buffer.from(packed);
  corrupt[10] = 0xff;
  const wrongSum = Buffer.from(packed);
  wrongSum.writeUInt32LE(1, packed.length - 8);
  const REFUSED = [
    {
      name: 'a truncated gzip',
      bytes: packed.subarray(0, 150),
      says: /gzip is broken at byte 150 \(the file ends too early\)/,
    },
    { name: 'a gzip of two bytes', bytes: packed.subarray(0, 2), says: /gzip is broken at byte 2/ },
    { name: 'a corrupt gzip', bytes: corrupt, says: /gzip is broken at byte 10 \(invalid block type\)/ },
    {
      name: 'a wrong checksum',
      bytes: wrongSum,
      says: /gzip is broken at byte \d+ \(incorrect data check\)/,
    },
    {
      name: 'something after the gzip',
      bytes: Buffer.concat([packed, Buffer.from('more')]),
      says: /gzip is broken at byte \d+/,
    },
    {
      name: 'a cut second member',
      bytes: Buffer.concat([packed, packed.subarray(0, 99)]),
      says: new RegExp(`byte ${packed.length + 99} `),
    },
    {
      name: 'no header',
      bytes: fixture('no-header.txt'),
      says: /no #Fields: line says what the columns are \(byte 0\): add it, or name them with --fields/,
    },
    {
      name: 'a JSON array',
      bytes: Buffer.from('[{"date":"2026-01-02"}]'),
      says: /a JSON array: write one object a line/,
    },
    {
      name: 'UTF-16',
      bytes: Buffer.from('\ufeff#Fields: date', 'utf16le'),
      says: /UTF-16 text: save it as UTF-8/,
    },
    { name: 'no path', bytes: fixture('no-path.txt'), says: /log has no field cs-uri-stem/ },
    {
      name: 'no time',
      bytes: Buffer.from('#Fields: date cs-method cs-uri-stem\nx\ty\tz'),
      says: /no field timestamp\(ms\) \(or timestamp, or date and time\)/,
    },
    {
      name: 'a line of more than a mebibyte between others',
      bytes: Buffer.from(`${HEADER}a\tb\tc\n${'x'.repeat(2 ** 20 + 1)}\na\tb\tc\n`),
      says: /has a line of more than 1048576 bytes \(byte 47\)/,
    },
    {
      name: 'a last line of more than a mebibyte',
      bytes: Buffer.from(`${HEADER}${'x'.repeat(2 ** 20 + 1)}`),
      says: /has a line of more than 1048576 bytes \(byte 41\)/,
    },
    {
      name: 'an object of more than a mebibyte',
      bytes: Buffer.from(`{"a":1}\n{"b":"${'x'.repeat(2 ** 20)}"}\n`),
      says: /has a line of more than 1048576 bytes \(byte 8\)/,
    },
    {
      name: 'a header of too many columns',
      bytes: Buffer.from(`${HEADER.trimEnd()} ${'x '.repeat(1_100)}\na\n`),
      says: /header names 1104 columns, a log may have up to 1024/,
    },
    {
      name: 'no record in our own log',
      bytes: fixture('header-changes.txt'),
      says: /no field cs\(User-Agent\), viewer-request-log-data/,
      own: true,
    },
  ];
  test.each(REFUSED)('$name', async ({ bytes, says, own }) => {
    const parse = () => ingestWhole({ name: NAME, bytes }, own ? OWN : IMPORT);
    await expect(parse).rejects.toThrow(LogError);
    await expect(parse).rejects.toThrow(says);
    await expect(parse).rejects.toThrow(NAME);
  });

  test('but columns can be named for it', () => {
    const fields = ['date', 'time', 'cs_method', 'cs_uri_stem', 'sc_status'];
    const settings = { ...IMPORT, import: { secret: Buffer.alloc(32, 1), fields } };
    expect(rowsOf('no-header.txt', settings)[0]).toMatchObject({ asset: 'one.gif', status: 200 });
  });
});

test('the same log gives the same file, under another name another one', async () => {
  const ingest = async (name: string) => {
    const { fresh } = await ingestWhole({ name, bytes: fixture('own-v2.txt') }, OWN);
    return fresh[0] ?? '';
  };
  expect(await ingest(NAME)).toBe(await ingest(NAME));
  expect((await ingest('logs/other.gz')).slice(0, 16)).not.toBe((await ingest(NAME)).slice(0, 16));
});
