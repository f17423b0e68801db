import { expect, test } from 'vitest';
import {
  formatChange,
  formatCount,
  formatRange,
  formatShare,
  listed,
  roundRange,
} from '../../../core/report/format.ts';

/** Narrow and plain no-break spaces made visible. */
const visible = (text: string): string => text.replaceAll('\u202f', '_').replaceAll('\u00a0', '~');

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1_000'],
  [19_812, '19_812'],
  [1_234_567, '1_234_567'],
])('writes the count %s', (count, text) => expect(visible(formatCount(count))).toBe(text));

test('writes a range that never breaks, and one figure where both ends agree', () => {
  expect(visible(formatRange({ atLeast: 6120, atMost: 9840 }))).toBe('6_120~–~9_840');
  expect(visible(formatRange({ atLeast: 622, atMost: 622 }))).toBe('622');
});

test.each([
  { name: 'small ones stay', given: [12, 873], rounded: [12, 873] },
  { name: 'at least goes down, at most goes up', given: [12_387, 19_812], rounded: [12_300, 19_900] },
  { name: 'round ones stay', given: [12_400, 1_000_000], rounded: [12_400, 1_000_000] },
  { name: 'four digits', given: [9999, 9991], rounded: [9990, 10_000] },
])('rounds to three digits: $name', ({ given: [atLeast = 0, atMost = 0], rounded }) => {
  const range = roundRange({ atLeast, atMost });
  expect([range.atLeast, range.atMost]).toEqual(rounded);
});

test.each([
  [0.08, 'up 8_%'],
  [-0.041, 'down 4_%'],
  [0.004, 'level'],
  [-1, 'down 100_%'],
  [-0.9951, 'down >99_%'],
  [-0.99994, 'down >99_%'],
  [1.5, 'up 150_%'],
  [25, 'up ×26'],
])('tells the change %s', (change, text) => expect(visible(formatChange(change))).toBe(text));

test.each([
  [0, 100, '0_%'],
  [1, 1000, '<1_%'],
  [999, 1000, '>99_%'],
  [1000, 1000, '100_%'],
  [1, 0, '–'],
])('tells the share %s of %s', (part, whole, text) => expect(visible(formatShare(part, whole))).toBe(text));

test('lists names as a sentence does', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});
