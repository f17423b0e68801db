import { describe, expect, test } from 'vitest';
import { foldCount, foldDays, foldSmall, sumRanges } from '../../../core/report/fold.ts';
import type { Range } from '../../../core/report/format.ts';

const K = 10;
const cell = (atMost: number): Range => ({ atLeast: Math.floor(atMost / 2), atMost });
const atMosts = (cells: readonly (Range | null)[]) => cells.map((one) => one?.atMost ?? null);

describe('cells of a table', () => {
  test.each([
    { name: 'nothing is small', given: [10, 500], shown: [500, 10], folded: [] },
    { name: 'two small ones that reach k together', given: [500, 6, 4], shown: [500], folded: [6, 4] },
    {
      name: 'one small one takes the next smallest with it',
      given: [500, 30, 9],
      shown: [500],
      folded: [30, 9],
    },
    {
      name: 'small ones below k together take the next',
      given: [500, 12, 3, 2],
      shown: [500],
      folded: [12, 3, 2],
    },
    { name: 'a cell of nothing is small too', given: [500, 30, 0], shown: [500], folded: [30, 0] },
    { name: 'nothing is left', given: [3, 2], shown: [], folded: [3, 2] },
    { name: 'no cells', given: [], shown: [], folded: [] },
  ])('$name', ({ given, shown, folded }) => {
    const result = foldSmall(given.map(cell), ({ atMost }) => atMost, K);
    expect({ shown: atMosts(result.shown), folded: atMosts(result.folded) }).toEqual({ shown, folded });
  });
});

describe('cells of a time axis', () => {
  test.each([
    { name: 'nothing is small', given: [10, 500], told: [10, 500] },
    { name: 'two small ones stay two', given: [500, 6, 40, 4], told: [500, null, 40, null] },
    { name: 'one takes the next smallest with it', given: [500, 6, 40], told: [500, null, null] },
    { name: 'one alone', given: [6], told: [null] },
  ])('$name', ({ given, told }) => {
    expect(atMosts(foldDays(given.map(cell), K))).toEqual(told);
  });
});

/** The same random cells on every run (mulberry32). */
function* randomCells(seed: number): Generator<readonly Range[]> {
  let state = seed;
  const random = (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  for (;;) yield Array.from({ length: random(9) }, () => cell(random(random(3) === 0 ? 2000 : 25)));
}

test('whatever the cells, nothing below k is told, nor left over when the told are taken from the whole', () => {
  const broken: unknown[] = [];
  let round = 0;
  for (const cells of randomCells(7)) {
    if (round++ === 5000) break;
    const { shown, folded } = foldSmall(cells, ({ atMost }) => atMost, K);
    const whole = sumRanges(cells).atMost;
    const rest = whole - sumRanges(shown).atMost;
    const told = shown.every(({ atMost }) => atMost >= K);
    const hidden = folded.length === 0 || rest >= K || shown.length === 0;
    const needed = folded.length === 0 || folded.some(({ atMost }) => atMost < K);
    const kept = [...shown, ...folded].length === cells.length;
    if (!(told && hidden && needed && kept)) broken.push({ cells: atMosts(cells), folded: atMosts(folded) });
  }
  expect(broken).toEqual([]);
});

test('whatever the days, never exactly one is hidden among others', () => {
  const broken: unknown[] = [];
  let round = 0;
  for (const cells of randomCells(11)) {
    if (round++ === 5000) break;
    const told = foldDays(cells, K);
    const hidden = told.filter((one) => one === null).length;
    const below = told.some((one) => one !== null && one.atMost < K);
    if (below || (hidden === 1 && cells.length > 1))
      broken.push({ cells: atMosts(cells), told: atMosts(told) });
  }
  expect(broken).toEqual([]);
});

test.each([
  { count: 0, folded: 0 },
  { count: 1, folded: null },
  { count: 9, folded: null },
  { count: 10, folded: 10 },
])('a count of $count is told as $folded', ({ count, folded }) => {
  expect(foldCount(count, 10)).toBe(folded);
});
