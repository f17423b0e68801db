import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Hmac } from '../../core/events/hmac.ts';
import { hash64, hashRange } from '../../core/hash.ts';

/** These numbers are in stored data: they must never change. */
const KEPT = [
  { text: '', hash: -8704901192802686440n },
  { text: 'a', hash: -6273585775032696198n },
  { text: 'E2EXAMPLE', hash: -5548040373362371575n },
  { text: 'Zwölf Boxkämpfer', hash: 4371519046768434211n },
  { text: 'abcdefghijklmnopqrstuvwxyz', hash: -3272768904797559510n },
];

const TEXTS = Array.from({ length: 40 }, (_, length) =>
  'Zwölf Boxkämpfer jagen Viktor'.repeat(2).slice(0, length),
);

test.each(KEPT)('the hash of "$text" is what it always was', ({ text, hash }) => {
  expect(hash64(text)).toBe(hash);
});

test.each(TEXTS)('a text and its bytes anywhere in a buffer have the same hash: "%s"', (text) => {
  const bytes = Buffer.from(`??${text}??`);
  const value = new BigInt64Array(1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  hashRange(view, 2, bytes.length - 2, new Int32Array(value.buffer), 0);
  expect(value[0]).toBe(hash64(text));
  expect(hash64(Buffer.from(text))).toBe(hash64(text));
});

test('a hundred thousand similar texts have as many hashes, spread over both halves', () => {
  const hashes = Array.from({ length: 100_000 }, (_, number) => hash64(`E2EXAMPLE|2026-11-23|${number}`));
  expect(new Set(hashes).size).toBe(100_000);
  const halves = [(hash: bigint) => hash >> 32n, (hash: bigint) => hash & 0xffff_ffffn];
  for (const half of halves) expect(new Set(hashes.map(half)).size).toBeGreaterThan(99_990);
  expect(new Set(hashes.map((hash) => hash & 0xfffn)).size).toBe(4_096);
});

test('a salt gives another hash', () => {
  expect(hash64('line', 1)).not.toBe(hash64('line'));
  expect(hash64('line', 1)).not.toBe(hash64('line', 2));
});

const HMACS = [
  { name: 'a short key', key: Buffer.from('key'), text: 'v|spring|192.0.2.0/24|Mozilla/5.0' },
  { name: 'a key longer than a block', key: Buffer.alloc(100, 7), text: 'é日😀' },
  { name: 'no text', key: Buffer.alloc(32, 1), text: '' },
  { name: 'a long text', key: Buffer.alloc(32, 1), text: 'x'.repeat(5_000) },
];
test.each(HMACS)('is the HMAC-SHA-256 of RFC 2104: $name', ({ key, text }) => {
  const expected = createHmac('sha256', key).update(text).digest();
  const hmac = new Hmac(key);
  for (const _ of [1, 2])
    expect(Buffer.from(hmac.digest(text), 'latin1').toString('hex')).toBe(expected.toString('hex'));
  const value = new BigInt64Array(1);
  hmac.digest63(text, new Int32Array(value.buffer), 0);
  expect(value[0]).toBe(expected.readBigUInt64BE() & 0x7fff_ffff_ffff_ffffn);
});
