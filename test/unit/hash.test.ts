import { expect, test } from 'vitest';
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
