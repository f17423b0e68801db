import { beforeEach, describe, expect, test } from 'vitest';
import {
  find,
  findAll,
  idsAt,
  learn,
  marksAt,
  spansOfField,
  TEXT,
  UNKNOWN,
} from '../../../core/kernel/kernel.ts';

let dictionary = 1_000_000;
beforeEach(() => {
  dictionary++;
});

const place = (text: string): number => TEXT.write(text);
const numberOf = (text: string, of = dictionary): number => find(of, 0, place(text));
const tell = (text: string, number: number, of = dictionary): void => learn(of, 0, place(text), number);

describe('a byte string is known by all of its bytes', () => {
  const lengths = Array.from({ length: 70 }, (_, length) => length);
  test.each(lengths)('of %i bytes', (length) => {
    const text = 'x'.repeat(length);
    tell(text, length);
    expect(numberOf(text)).toBe(length);
    for (let at = 0; at < length; at++)
      expect(numberOf(`${text.slice(0, at)}y${text.slice(at + 1)}`), `other at ${at}`).toBe(UNKNOWN);
    expect(numberOf(`${text}x`)).toBe(UNKNOWN);
    expect(numberOf(`${text}\0`)).toBe(UNKNOWN);
  });
});

test('what stands behind a byte string does not matter', () => {
  for (const behind of ['', 'abc', 'a longer text that goes on and on']) {
    const end = place('DE');
    TEXT.write(behind, end);
    if (behind === '') learn(dictionary, 0, end, 7);
    expect(find(dictionary, 0, end)).toBe(7);
  }
});

test('each dictionary has numbers of its own, -1 among them', () => {
  tell('a', 1);
  tell('a', -1, dictionary + 1_000);
  expect([numberOf('a'), numberOf('a', dictionary + 1_000), numberOf('a', dictionary + 2_000)]).toEqual([
    1,
    -1,
    UNKNOWN,
  ]);
});

test('a field of all lines is numbered, up to a value that is not known', () => {
  const text = 'one two one three one';
  place(text);
  const spans = spansOfField(0);
  spans.set([0, 3, 4, 7, 0, 0, 8, 11, 12, 17, 18, 21]);
  const ids = idsAt(0).fill(-5);
  const marks = marksAt(3).fill(0);
  marks[1] = 1;
  learn(dictionary, 0, 3, 10);
  expect(findAll(dictionary, spans, ids, marks, 0, 6)).toBe(4);
  learn(dictionary, 12, 17, 30);
  expect(findAll(dictionary, spans, ids, marks, 4, 6)).toBe(6);
  expect([...ids.subarray(0, 6)]).toEqual([10, -5, -5, 10, 30, 10]);
});

describe('too much is forgotten, and never mistaken', () => {
  test.each([
    { name: 'too many', count: 140_000, of: (at: number) => `value ${at}` },
    { name: 'too long', count: 40, of: (at: number) => `${at} ${'x'.repeat(2 ** 19)}` },
  ])('$name', ({ count, of }) => {
    for (let at = 0; at < count; at++) tell(of(at), at);
    const wrong: string[] = [];
    let known = 0;
    for (let at = 0; at < count; at++) {
      const number = numberOf(of(at));
      if (number === at) known++;
      else if (number !== UNKNOWN) wrong.push(`${at} is said to be ${number}`);
    }
    expect(wrong).toEqual([]);
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThan(count);
    expect(numberOf(of(count - 1))).toBe(count - 1);
  });
});
