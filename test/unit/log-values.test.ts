import { describe, expect, test } from 'vitest';
import { readNetwork } from '../../core/events/address.ts';
import { hourOfName, readClock, readDate, readTimestamp } from '../../core/events/time.ts';
import { planFields, requireFields } from '../../core/log/format.ts';
import { readRefererHost, readUserAgent } from '../../core/log/text.ts';

describe('a user agent becomes what the client sent', () => {
  test.each([
    { name: 'escaped once', raw: 'Mozilla/5.0%20(X11;%20Linux)', text: 'Mozilla/5.0 (X11; Linux)' },
    { name: 'escaped twice', raw: 'Mozilla/5.0%2520(X11;%2520Linux)', text: 'Mozilla/5.0 (X11; Linux)' },
    {
      name: 'with an escape of its own',
      raw: 'My%2520App/1%20CFNetwork/1404',
      text: 'My%20App/1 CFNetwork/1404',
    },
    { name: 'not escaped', raw: 'curl 100%20 off', text: 'curl 100%20 off' },
    { name: 'with a tab', raw: 'a%09b%20c', text: 'a\tb c' },
    { name: 'with a bad escape', raw: 'a%zz%20b', text: 'a%zz b' },
    { name: 'with a byte that is no UTF-8', raw: 'caf%E9%20x', text: 'caf%E9 x' },
    { name: 'with half an escape at the end', raw: 'a%20b%2', text: 'a b%2' },
    { name: 'of another plane', raw: '%F0%9F%98%80%20x', text: '😀 x' },
  ])('$name', ({ raw, text }) => expect(readUserAgent(raw)).toBe(text));
});

describe('of a referer only the host is kept', () => {
  test.each([
    { raw: 'https://Mail.Example.com/inbox?id=1', host: 'mail.example.com' },
    { raw: 'http://example.com:8080', host: 'example.com' },
    { raw: 'https%3A%2F%2Fexample.com%2Fpath', host: 'example.com' },
    { raw: 'android-app://com.example.mail/', host: 'com.example.mail' },
    { raw: 'https://someone@example.com/', host: null },
    { raw: 'https://192.0.2.1/', host: null },
    { raw: 'https://[2001:db8::1]/', host: null },
    { raw: 'example.com/path', host: null },
    { raw: 'https://', host: null },
  ])('$raw', ({ raw, host }) => expect(readRefererHost(raw)).toBe(host));
});

describe('an address is cut to its network', () => {
  const networkOf = (raw: string): bigint | null => {
    const words = new Int32Array(2);
    const text = Buffer.from(raw);
    return readNetwork(text, 0, text.length, words, 0) ? (new BigInt64Array(words.buffer)[0] ?? null) : null;
  };
  test.each([
    { raw: '192.0.2.10', network: 0x04_00_0000_00c0_0002n },
    { raw: '255.255.255.255', network: 0x04_00_0000_00ff_ffffn },
    { raw: '192.000.002.010', network: 0x04_00_0000_00c0_0002n },
    { raw: '192.0.2.256', network: null },
    { raw: '192.0.2.1000', network: null },
    { raw: '192.0.2', network: null },
    { raw: '192.0..2', network: null },
    { raw: '192.0.2.1.', network: null },
    { raw: '2001:0DB8:00aa:bb::1', network: 0x06_00_2001_0db8_00aan },
    { raw: '::1', network: 0x06_00_0000_0000_0000n },
    { raw: '::', network: 0x06_00_0000_0000_0000n },
    { raw: '1::', network: 0x06_00_0001_0000_0000n },
    { raw: '2001:db8:1:2:3:4:5:6', network: 0x06_00_2001_0db8_0001n },
    { raw: '2001:db8:1:2:3:4:5:6:7', network: null },
    { raw: '2001:db8:1:2:3:4:5:6:', network: null },
    { raw: '1:2:3:4:5:6:7::', network: 0x06_00_0001_0002_0003n },
    { raw: '1:2:3:4:5:6:7:8::', network: null },
    { raw: '1::2::3', network: null },
    { raw: ':1::2', network: null },
    { raw: '1:::2', network: null },
    { raw: '12345::', network: null },
    { raw: 'fe80::1%eth0', network: 0x06_00_fe80_0000_0000n },
    { raw: '::ffff:203.0.113.9', network: 0x04_00_0000_00cb_0071n },
    { raw: '203.0.113.9::1', network: null },
    { raw: 'unknown', network: null },
    { raw: '', network: null },
  ])('$raw', ({ raw, network }) => expect(networkOf(raw)).toBe(network));
});

describe('impossible times are none', () => {
  test.each([
    { raw: '2026-11-23', ms: Date.UTC(2026, 10, 23) },
    { raw: '2024-02-29', ms: Date.UTC(2024, 1, 29) },
    { raw: '2026-02-29', ms: Number.NaN },
    { raw: '2026-13-01', ms: Number.NaN },
    { raw: '2026-00-10', ms: Number.NaN },
    { raw: '26-11-23', ms: Number.NaN },
  ])('date $raw', ({ raw, ms }) => expect(readDate(raw)).toBe(ms));
  test.each([
    { raw: '23:59:59', ms: 86_399_000 },
    { raw: '24:00:00', ms: Number.NaN },
    { raw: '12:60:00', ms: Number.NaN },
    { raw: '1:02:03', ms: Number.NaN },
    { raw: '12-30-00', ms: Number.NaN },
    { raw: '1/:00:00', ms: Number.NaN },
  ])('time $raw', ({ raw, ms }) => expect(readClock(Buffer.from(raw), 0, raw.length)).toBe(ms));
  test.each([
    { raw: '1795420800', ms: 1795420800000 },
    { raw: '1795420800.1239', ms: 1795420800124 },
    { raw: '-1', ms: Number.NaN },
  ])('timestamp $raw', ({ raw, ms }) => expect(readTimestamp(raw)).toBe(ms));
  test.each([
    { name: 'logs/E2EXAMPLE.2026-11-23-08.1a2b3c4d.gz', ms: Date.UTC(2026, 10, 23, 8) },
    { name: 'logs/2026/11/23/E2EXAMPLE.2026-11-23-24.x.gz', ms: null },
    { name: 'E2.2026-11-23-08/x.gz', ms: null },
    { name: 'logs/E2EXAMPLE/2026/11/23/08/x.gz', ms: Date.UTC(2026, 10, 23, 8) },
    { name: '2026/11/23/08/E2EXAMPLE.2026-11-23-09.x.gz', ms: Date.UTC(2026, 10, 23, 9) },
    { name: 'logs/2026/02/30/08/x.gz', ms: null },
    { name: 'logs/2026/11/23/24/x.gz', ms: null },
    { name: 'logs/2026/11/23/08/more/x.gz', ms: null },
    { name: 'x.log', ms: null },
  ])('hour in the name $name', ({ name, ms }) => expect(hourOfName(name)).toBe(ms));
});

test('a field is known in every spelling, and its first column counts', () => {
  const spellings = ['cs(User-Agent)', 'cs_user_agent', 'CS-User-Agent'];
  const [first] = planFields(spellings.slice(0, 1)).fieldOf;
  expect(first).toBeGreaterThan(0);
  for (const spelling of spellings)
    expect([...planFields([spelling, 'x', spelling]).fieldOf]).toEqual([first, -1, -1]);
});

test('a log without time names every way to have one', () => {
  const plan = planFields(['date', 'cs-uri-stem']);
  expect(() =>
    requireFields('x.gz', (field) => plan.fieldOf.includes(field), ['cs-method', 'cs-uri-stem']),
  ).toThrow('x.gz: log has no field timestamp(ms) (or timestamp, or date and time), cs-method');
});
