import { DAY_KEY, day, days, type EdgeCase, hashes, message, NOW, STORE, spring } from './edge-world.ts';

const header = (name: string, headers: Readonly<Record<string, string>>, added: string): EdgeCase => ({
  name,
  query: 'utm_campaign=spring',
  headers,
  expected: `${spring}${added}`,
});

/** What the viewer's headers say. */
export const headers: readonly EdgeCase[] = [
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

/** Where the viewer is. */
export const addresses: readonly EdgeCase[] = [
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

/** What the store holds, or does not. */
export const stores: readonly EdgeCase[] = [
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
