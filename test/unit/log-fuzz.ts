import { gzipSync } from 'node:zlib';
import { Random } from '../../bench/random.ts';
import type { IngestSettings } from '../../core/ingest.ts';
import type { HeldLog } from './ingest-rows.ts';
import { standInClassifier } from './stand-in-classifier.ts';

/** One random log, odd in some ways, with the settings under which it is read. */
export interface FuzzCase {
  readonly object: HeldLog;
  readonly settings: IngestSettings;
  readonly text: string;
}

const OWN_FIELDS = ['cs-method', 'cs-uri-stem', 'sc-status', 'cs(User-Agent)', 'viewer-request-log-data'];
const IMPORT_FIELDS = ['cs-method', 'cs-uri-stem'];
const OTHER_FIELDS = [
  'x-edge-request-id',
  'asn',
  'c-country',
  'x-edge-location',
  'sc-status',
  'x-edge-result-type',
  'cs(User-Agent)',
  'cs(Referer)',
  'cs-uri-query',
  'c-ip',
  'viewer-request-log-data',
  'x-forwarded-for',
  'cs(Cookie)',
  'sc-bytes',
  'x-invented',
];

type Values = Readonly<Record<string, readonly string[]>>;

/** Values that are right, odd, or wrong; each is picked as often as it stands here. */
const VALUES: Values = {
  'timestamp(ms)': [
    '1795420800123',
    '1795420899999',
    '1795420800123',
    '1',
    '-',
    'x',
    '99999999999999999',
    '1792000000000',
  ],
  timestamp: ['1795420800', '1795420800.25', '-', '12x'],
  date: ['2026-11-23', '2026-11-23', '2026-11-22', '2026-02-30', '0000-00-00', '-', '23.11.2026'],
  time: ['08:00:00', '23:59:59', '24:00:00', '12:61:00', '-', '8:00:00'],
  'cs-method': ['GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'POST', 'get', '-'],
  'cs-uri-stem': [
    '/p.gif',
    '/p.gif',
    '/a/banner.png',
    '/a/other%2520one.png',
    '/a/',
    '/img/LOGO.JPEG',
    '/index.html',
    '/%C3%A9.svg',
    '/x%zz.gif',
    '/someone@example.com.gif',
    '/192.0.2.9.png',
    '-',
  ],
  'sc-status': ['200', '200', '200', '206', '304', '403', '000', '-', 'x'],
  'x-edge-request-id': ['abc==', 'def==', 'ghi==', '-'],
  asn: ['15169', '36183', '64512', '4200000000', '-', 'x'],
  'c-country': ['DE', 'FR', '-', 'de', 'XXX'],
  'x-edge-location': ['FRA56-P4', 'DUB2', '-'],
  'x-edge-result-type': ['Hit', 'Miss', 'Error', '-'],
  'cs(User-Agent)': [
    'Mozilla/5.0',
    'Mozilla/5.0%20(X11)',
    'Mozilla/5.0%2520(X11)',
    'a%2509b',
    'a%09b',
    '%E5%20x',
    '%F0%9F%98%20%C3%A9%80',
    '50%25%20off',
    'x%zz',
    'plain text %20',
    'Mozilla%2F5.0',
    '-',
    '%F0%9F%98%80',
    'curl/8.0',
  ],
  'cs(Referer)': [
    'https://Mail.Example.com/inbox?x=1',
    'android-app://com.example/',
    'https://user@host/x',
    'https://192.0.2.1/',
    'nothing',
    'https%3A%2F%2Fa.example%3A443%2F',
    '-',
  ],
  'cs-uri-query': [
    'utm_campaign=spring&utm_medium=email&n=abc',
    'utm_campaign=Spring',
    'utm_campaign=%2573ummer&utm_content=foot%2565r',
    'n=%2520+',
    'utm_source=a&utm_source=b&rid=x',
    '&&=&x',
    'utm_campaign',
    'utm_campaign=192.0.2.55&utm_source=10.1.2.3',
    '-',
  ],
  'c-ip': [
    '192.0.2.7',
    '192.0.2.8',
    '2001:db8:1:2::1',
    '::1',
    '1.2.3',
    '300.1.1.1',
    '-',
    '2001:db8:1:2:3:4:5:6:7',
  ],
  'x-forwarded-for': ['203.0.113.9', '-'],
  'cs(Cookie)': ['-', 'a=b'],
  'sc-bytes': ['43', '-'],
  'x-invented': ['-', '#', '%09'],
  'viewer-request-log-data': [
    'v=1&day=2026-11-23&campaign=spring&medium=email&mode=aggregate&visitor=00ff00ff00ff00ff&network=7fffffffffffffff&message=0123456789abcdef',
    'v%3D1%26campaign%3Dspring%26mode%3Dconsented%26rid%3Dr7Qz0pXk',
    'v=1&day=2026-02-30&campaign=summer&signals=dnt.prefetch&mode=aggregate',
    'v=1&campaign=summer&signals=prefetch&notes=nokey.badparam&referer=mail.example.com',
    'v=1&campaign=a&mode=off',
    'v=1&campaign=192.0.2.55&mode=aggregate&rid=r7Qz0pXk',
    'v=1&campaign=a&mode=test&visitor=xyz',
    'v=1&notes=badcampaign.nostore',
    'v=2&campaign=a',
    'other tags',
    '-',
  ],
};

const CLASSIFIER = standInClassifier();
const ZONES = [
  [{ from: '2020-01-01', zone: 'UTC' }],
  [
    { from: '2020-01-01', zone: 'Europe/Berlin' },
    { from: '2026-11-23', zone: 'America/New_York' },
  ],
];

/** The log of a seed: always the same. */
export function fuzzCase(seed: number): FuzzCase {
  const random = new Random(seed);
  const imported = random.below(2) === 0;
  const fields = randomFields(random, imported ? IMPORT_FIELDS : OWN_FIELDS);
  const json = random.below(4) === 0;
  const rows = Array.from({ length: random.below(40) }, () =>
    fields.map((name) => random.pick(VALUES[name] ?? ['-'])),
  );
  const text = json ? jsonText(random, fields, rows) : columnText(random, fields, rows);
  const named = random.below(2) === 0;
  const settings: IngestSettings = {
    classifier: CLASSIFIER,
    zones: random.pick(ZONES),
    assets: ['banner.png', 'other one.png'],
    ...(imported
      ? {
          import: {
            secret: Buffer.alloc(32, seed),
            ...(random.below(4) === 0 ? { asset: /\.gif$/ } : {}),
            ...(seed % 3 === 0 ? { admits: (campaign: string) => campaign !== 'spring' } : {}),
          },
        }
      : {}),
  };
  const name = named ? 'logs/E2EXAMPLE.2026-11-23-08.1a2b3c4d.gz' : `logs/${seed}.log`;
  return { object: { name, bytes: pack(random, text) }, settings, text };
}

function randomFields(random: Random, needed: readonly string[]): readonly string[] {
  const time = random.pick([
    ['timestamp(ms)'],
    ['date', 'time'],
    ['timestamp'],
    ['timestamp(ms)', 'date', 'time'],
    ['timestamp', 'date', 'time'],
  ]);
  const others = OTHER_FIELDS.filter(() => random.below(3) > 0);
  const fields = [...new Set([...needed, ...time, ...others])];
  return fields
    .map((name) => ({ name, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ name }) => name);
}

function columnText(random: Random, fields: readonly string[], rows: readonly (readonly string[])[]): string {
  const header = `#Fields:${random.pick([' ', '\t'])}${fields.join(random.pick([' ', '\t']))}`;
  const lines = rows.flatMap((row) => {
    const line = row.join('\t');
    const odd = random.below(30);
    if (odd === 0) return [row.slice(0, -1).join('\t')];
    if (odd === 1) return [`${line}\tmore\tcolumns`];
    if (odd === 2) return [line, line];
    if (odd === 3) return ['', line];
    if (odd === 4) return ['#Version: 1.0', header, line];
    if (odd === 5) return [' ', line];
    return [line];
  });
  const end = random.pick(['\n', '\r\n']);
  const mark = random.below(5) === 0 ? '\ufeff' : '';
  return `${mark}${['#Version: 1.0', header, ...lines].join(end)}${random.pick(['', end])}`;
}

function jsonText(random: Random, fields: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => {
    const odd = random.below(20);
    if (odd === 0) return '{"broken":';
    if (odd === 1) return '[]';
    const pairs = fields.map((name, index) => [name, row[index]] as const).filter(() => random.below(15) > 0);
    return JSON.stringify(Object.fromEntries(pairs));
  });
  return [JSON.stringify(Object.fromEntries(fields.map((name) => [name, '-']))), ...lines, ''].join('\n');
}

function pack(random: Random, text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const kind = random.below(3);
  if (kind === 0) return bytes;
  if (kind === 1) return gzipSync(bytes);
  const cut = random.below(bytes.length + 1);
  return Buffer.concat([gzipSync(bytes.subarray(0, cut)), gzipSync(bytes.subarray(cut))]);
}
