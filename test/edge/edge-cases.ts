import { createHmac } from 'node:crypto';
import type { EdgeRequest } from '../../local/edge-runtime.ts';

/** A fixed instant inside the day of STORE, and the texts that the store may hold. */
export const NOW = Date.parse('2026-11-23T10:00:00Z');
export const DAY_KEY = 'd'.repeat(64);
export const OWN_KEY = 'c'.repeat(64);
const HOUR = 3_600_000;

const days = [
  { day: '2026-11-23', from_ms: NOW - 10 * HOUR, until_ms: NOW + 14 * HOUR, key: DAY_KEY },
  { day: '2026-11-24', from_ms: NOW + 14 * HOUR, until_ms: NOW + 38 * HOUR, key: 'e'.repeat(64) },
];

export const STORE: Readonly<Record<string, string>> = {
  k: JSON.stringify(days),
  'c.spring': JSON.stringify({ mode: 'aggregate', copies: 'day' }),
  'c.docs': JSON.stringify({ mode: 'consented', copies: 'day' }),
  'c.gone': JSON.stringify({ mode: 'off', copies: 'day', was_off: true }),
  'c.trial': JSON.stringify({ mode: 'test', copies: 'day' }),
  'c.life': JSON.stringify({ mode: 'aggregate', copies: 'campaign', key: OWN_KEY, until: NOW + HOUR }),
  'c.over': JSON.stringify({ mode: 'aggregate', copies: 'campaign', key: OWN_KEY, until: NOW }),
  'c.ended': JSON.stringify({ mode: 'aggregate', copies: 'campaign', until: NOW - HOUR }),
  'c.uncounted': JSON.stringify({ mode: 'aggregate', copies: 'off' }),
  'c.broken': '{"mode":',
  'c.strange': JSON.stringify({ mode: 'everything', copies: 'day' }),
};

const AGENT = 'Mozilla/5.0 (X11; Linux)';
const LONG = `a${'b'.repeat(63)}`;

export interface EdgeCase {
  readonly name: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ip?: string;
  readonly uri?: string;
  readonly store?: Readonly<Record<string, string>>;
  /** The record, without its `v=1`; null for none. */
  readonly expected: string | null;
}

export const requestOf = ({
  query = '',
  headers = {},
  ip = '203.0.113.77',
  uri = '/p.gif',
}: Partial<EdgeCase>): EdgeRequest => ({
  method: 'GET',
  uri,
  query,
  headers: { 'user-agent': AGENT, ...headers },
  ip,
});

/** 63 bits of the HMAC, as the contract says them. */
export function hash(key: string, text: string): string {
  const bits = BigInt(`0x${createHmac('sha256', key).update(text).digest('hex').slice(0, 16)}`);
  return (bits & 0x7fff_ffff_ffff_ffffn).toString(16).padStart(16, '0');
}

const hashes = (campaign: string, prefix = '203.0.113.0/24', agent = AGENT): string =>
  `visitor=${hash(DAY_KEY, `v|${campaign}|${prefix}|${agent}`)}&network=${hash(DAY_KEY, `n|${campaign}|${prefix}`)}`;
const message = (key: string, campaign: string, nonce: string): string =>
  `message=${hash(key, `m|${campaign}|${nonce}`)}`;
const day = 'day=2026-11-23';
const spring = `${day}&campaign=spring&mode=aggregate&${hashes('spring')}`;

const parameters: readonly EdgeCase[] = [
  { name: 'a campaign alone', query: 'utm_campaign=spring', expected: spring },
  {
    name: 'all names, percent-encoded where they need not be',
    query: 'utm_campaign=spr%69ng&utm_medium=email&utm_source=news-letter&utm_content=foot.er_2',
    expected: `${day}&campaign=spring&medium=email&source=news-letter&content=foot.er_2&mode=aggregate&${hashes('spring')}`,
  },
  { name: 'no campaign', query: 'utm_medium=page', expected: `${day}&medium=page&notes=badcampaign` },
  { name: 'no query at all', query: '', expected: `${day}&notes=badcampaign` },
  { name: 'a campaign in upper case', query: 'utm_campaign=Spring', expected: `${day}&notes=badcampaign` },
  {
    name: 'a campaign with a newline',
    query: 'utm_campaign=spring%0A',
    expected: `${day}&notes=badcampaign`,
  },
  {
    name: 'a campaign of 65 characters',
    query: `utm_campaign=${LONG}x`,
    expected: `${day}&notes=badcampaign`,
  },
  { name: 'a malformed escape', query: 'utm_campaign=%zz', expected: `${day}&notes=badcampaign` },
  {
    name: 'a campaign that injects',
    query: 'utm_campaign=a%26rid%3Dx',
    expected: `${day}&notes=badcampaign`,
  },
  {
    name: 'a repeated campaign: the first counts',
    query: 'utm_campaign=spring&utm_campaign=docs',
    expected: spring,
  },
  {
    name: 'an unknown medium and a bad source',
    query: 'utm_campaign=spring&utm_medium=sms&utm_source=a@b',
    expected: `${spring}&notes=badparam`,
  },
  {
    name: 'addresses in the place of names',
    query: 'utm_campaign=203.0.113.77&utm_source=from-203.0.113.77&utm_content=1.2.3',
    expected: `${day}&content=1.2.3&notes=badcampaign.badparam`,
  },
  {
    name: 'names of prototypes',
    query: 'utm_campaign=spring&__proto__=1&constructor=2&toString',
    expected: spring,
  },
  { name: 'an asset', uri: '/a/banner.png', query: 'utm_campaign=spring', expected: spring },
  { name: 'another path', uri: '/robots.txt', query: 'utm_campaign=spring', expected: null },
  { name: 'a path like the pixel', uri: '/p.gif/x', query: 'utm_campaign=spring', expected: null },
];

const modes: readonly EdgeCase[] = [
  {
    name: 'an unregistered campaign: no hashes, no token',
    query: 'utm_campaign=nobody&rid=tok&consent=1&n=1',
    expected: `${day}&campaign=nobody&consent=1`,
  },
  {
    name: 'aggregate drops the token',
    query: 'utm_campaign=spring&rid=tok&consent=1',
    expected: `${day}&campaign=spring&mode=aggregate&consent=1&${hashes('spring')}`,
  },
  {
    name: 'consented keeps it with consent',
    query: 'utm_campaign=docs&rid=tok_1-A&consent=1',
    expected: `${day}&campaign=docs&mode=consented&consent=1&rid=tok_1-A&${hashes('docs')}`,
  },
  {
    name: 'consented drops it without consent',
    query: 'utm_campaign=docs&rid=tok',
    expected: `${day}&campaign=docs&mode=consented&${hashes('docs')}`,
  },
  {
    name: 'a consent that contradicts itself is none',
    query: 'utm_campaign=docs&rid=tok&consent=1&consent=0',
    expected: `${day}&campaign=docs&mode=consented&${hashes('docs')}`,
  },
  {
    name: 'an address is no token',
    query: 'utm_campaign=docs&rid=ann%40example.com&consent=1',
    expected: `${day}&campaign=docs&mode=consented&consent=1&${hashes('docs')}&notes=badrid`,
  },
  {
    name: 'off leaves a marker',
    query: 'utm_campaign=gone&utm_medium=email&utm_source=x&n=1&rid=tok&consent=1',
    headers: { referer: 'https://mail.example/' },
    expected: `${day}&campaign=gone&mode=off`,
  },
  {
    name: 'test is labelled',
    query: 'utm_campaign=trial&rid=tok&consent=1',
    expected: `${day}&campaign=trial&mode=test&consent=1&${hashes('trial')}`,
  },
  {
    name: 'Sec-GPC leaves a marker',
    query: 'utm_campaign=docs&utm_medium=document&rid=tok&consent=1&n=1',
    headers: { 'sec-gpc': '1', referer: 'https://mail.example/' },
    expected: `${day}&campaign=docs&mode=consented&signals=gpc`,
  },
  {
    name: 'DNT leaves a marker, with what else was signalled',
    query: 'utm_campaign=spring&n=1',
    headers: { dnt: '1', 'sec-gpc': '1', 'sec-purpose': 'prefetch;prerender' },
    expected: `${day}&campaign=spring&mode=aggregate&signals=dnt.gpc.prefetch`,
  },
  {
    name: 'DNT: 0 is no opt-out',
    query: 'utm_campaign=spring',
    headers: { dnt: '0', 'sec-gpc': '0' },
    expected: spring,
  },
];

const copies: readonly EdgeCase[] = [
  {
    name: 'copies: day hashes the nonce with the day key',
    query: 'utm_campaign=spring&n=abc',
    expected: `${spring}&${message(DAY_KEY, 'spring', 'abc')}`,
  },
  {
    name: 'a nonce may hold any characters',
    query: 'utm_campaign=spring&n=%C3%A4%0A+%7C',
    expected: `${spring}&${message(DAY_KEY, 'spring', 'ä\n |')}`,
  },
  { name: 'an empty nonce is none', query: 'utm_campaign=spring&n=', expected: spring },
  {
    name: 'a nonce of 256 characters',
    query: `utm_campaign=spring&n=${'x'.repeat(256)}`,
    expected: `${spring}&${message(DAY_KEY, 'spring', 'x'.repeat(256))}`,
  },
  {
    name: 'a longer nonce',
    query: `utm_campaign=spring&n=${'x'.repeat(257)}`,
    expected: `${spring}&notes=badparam`,
  },
  {
    name: 'copies: campaign uses its own key',
    query: 'utm_campaign=life&n=abc',
    expected: `${day}&campaign=life&mode=aggregate&${hashes('life')}&${message(OWN_KEY, 'life', 'abc')}`,
  },
  {
    name: 'an own key whose time is over',
    query: 'utm_campaign=over&n=abc',
    expected: `${day}&campaign=over&mode=aggregate&${hashes('over')}`,
  },
  {
    name: 'an ended campaign without key',
    query: 'utm_campaign=ended&n=abc',
    expected: `${day}&campaign=ended&mode=aggregate&${hashes('ended')}`,
  },
  {
    name: 'copies: off ignores the nonce',
    query: 'utm_campaign=uncounted&n=abc',
    expected: `${day}&campaign=uncounted&mode=aggregate&${hashes('uncounted')}`,
  },
];

const header = (name: string, headers: Readonly<Record<string, string>>, added: string): EdgeCase => ({
  name,
  query: 'utm_campaign=spring',
  headers,
  expected: `${spring}${added}`,
});

const headers: readonly EdgeCase[] = [
  header('Sec-Purpose: prefetch', { 'sec-purpose': 'prefetch;anonymous-client-ip' }, '&signals=prefetch'),
  header('Purpose: prefetch', { purpose: 'prefetch' }, '&signals=prefetch'),
  header('X-Purpose: preview', { 'x-purpose': 'Preview' }, '&signals=prefetch'),
  header('X-Moz: prefetch', { 'x-moz': 'prefetch' }, '&signals=prefetch'),
  header('another purpose', { purpose: 'navigate' }, ''),
  header(
    'a referer: host only',
    { referer: 'https://Mail.Example.com:8443/u/ann?x=1#y' },
    '&referer=mail.example.com',
  ),
  header(
    'an app as referer',
    { referer: 'android-app://com.google.android.gm/' },
    '&referer=com.google.android.gm',
  ),
  header('a referer with a user', { referer: 'https://ann:pw@mail.example.com/' }, ''),
  header('a referer that is an address', { referer: 'http://192.168.7.9/x' }, ''),
  header('a referer that holds an address', { referer: 'http://203.0.113.77.nip.example/x' }, ''),
  header('a referer that is an IPv6 address', { referer: 'http://[2001:db8::9]/x' }, ''),
  header('a referer that is no URL', { referer: 'about:blank' }, ''),
  header('a referer beyond ASCII', { referer: 'https://exämple.com/' }, ''),
  {
    name: 'no user agent',
    query: 'utm_campaign=spring',
    headers: { 'user-agent': '' },
    expected: `${day}&campaign=spring&mode=aggregate&${hashes('spring', undefined, '')}`,
  },
];

const address = (ip: string, prefix: string): EdgeCase => ({
  name: `address ${ip}`,
  ip,
  query: 'utm_campaign=spring',
  expected: `${day}&campaign=spring&mode=aggregate&${hashes('spring', prefix)}`,
});

const addresses: readonly EdgeCase[] = [
  address('203.0.113.9', '203.0.113.0/24'),
  address('2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::/48'),
  address('2001:DB8::1', '2001:db8:0::/48'),
  address('2001:0db8:0001::', '2001:db8:1::/48'),
  address('::1', '0:0:0::/48'),
  address('fe80::1%eth0', 'fe80:0:0::/48'),
  address('::ffff:203.0.113.9', '203.0.113.0/24'),
  address('::FFFF:cb00:7109', '203.0.113.0/24'),
  ...['', 'localhost', '1.2.3', '256.1.1.1', '1::2::3', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7', '12345::'].map(
    (ip) => ({
      name: `no address: ${ip}`,
      ip,
      query: 'utm_campaign=spring&n=abc',
      expected: `${day}&campaign=spring&mode=aggregate&${message(DAY_KEY, 'spring', 'abc')}&notes=error`,
    }),
  ),
];

const registered = 'utm_campaign=spring&utm_medium=email&n=1&rid=tok&consent=1';

const stores: readonly EdgeCase[] = [
  {
    name: 'an empty store',
    store: {},
    query: registered,
    expected: 'campaign=spring&medium=email&consent=1&notes=nokey.nostore',
  },
  {
    name: 'no days, but the campaign',
    store: { 'c.spring': STORE['c.spring'] ?? '' },
    query: registered,
    expected: 'campaign=spring&medium=email&mode=aggregate&consent=1&notes=nokey',
  },
  {
    name: 'days that are over',
    store: { ...STORE, k: JSON.stringify([{ ...days[0], until_ms: NOW }]) },
    query: registered,
    expected: 'campaign=spring&medium=email&mode=aggregate&consent=1&notes=nokey',
  },
  {
    name: 'days that are over, and an unregistered campaign',
    store: { k: '[]' },
    query: registered,
    expected: 'campaign=spring&medium=email&consent=1&notes=nokey',
  },
  ...[
    '',
    'null',
    '{"k":1}',
    '[null, 7, {}]',
    '<html>',
    `[{"day":"x&y=1","from_ms":0,"until_ms":${NOW * 2},"key":"k"}]`,
  ].map((k) => ({
    name: `broken days: ${k}`,
    store: { ...STORE, k },
    query: 'utm_campaign=spring&n=1',
    expected: 'campaign=spring&mode=aggregate&notes=nokey',
  })),
  ...['broken', 'strange'].map((campaign) => ({
    name: `a ${campaign} entry`,
    query: `utm_campaign=${campaign}&n=1&rid=tok&consent=1`,
    expected: `${day}&campaign=${campaign}&consent=1&notes=nostore`,
  })),
  {
    name: 'an opt-out while the store is empty',
    store: {},
    query: registered,
    headers: { 'sec-gpc': '1' },
    expected: 'campaign=spring&signals=gpc&notes=nokey.nostore',
  },
];

/** Given request and store, the record. Both the emulated runtime and njs must give it. */
export const EDGE_CASES: readonly EdgeCase[] = [
  ...parameters,
  ...modes,
  ...copies,
  ...headers,
  ...addresses,
  ...stores,
];
