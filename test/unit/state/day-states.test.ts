import { expect, test } from 'vitest';
import { sealedOn } from '../../../core/merge/due.ts';
import { dayStates, stateOf } from '../../../core/state/day-states.ts';

const UTC = [{ from: '1970-01-01', zone: 'UTC' }];
const BERLIN = [{ from: '1970-01-01', zone: 'Europe/Berlin' }];
const at = (text: string): number => Date.parse(text);

test.each([
  { now: '2026-11-23T23:59:59.999Z', state: 'open' },
  { now: '2026-11-24T00:00:00Z', state: 'merged' },
  { now: '2026-11-26T23:59:59.999Z', state: 'merged' },
  { now: '2026-11-27T00:00:00Z', state: 'sealed' },
])('at $now the day 2026-11-23 is $state', ({ now, state }) => {
  expect(stateOf('2026-11-23', at(now), UTC)).toBe(state);
});

test('a day ends at midnight of its own zone, and is sealed three times 24 hours later', () => {
  // Clocks go back on 2026-10-25: the day has 25 hours.
  expect(stateOf('2026-10-25', at('2026-10-25T22:59:59Z'), BERLIN)).toBe('open');
  expect(stateOf('2026-10-25', at('2026-10-25T23:00:00Z'), BERLIN)).toBe('merged');
  expect(stateOf('2026-10-25', at('2026-10-28T22:59:59Z'), BERLIN)).toBe('merged');
  expect(stateOf('2026-10-25', at('2026-10-28T23:00:00Z'), BERLIN)).toBe('sealed');
});

test('the last sealed day is the last whose state is sealed', () => {
  const now = at('2026-10-28T12:00:00Z');
  const sealed = sealedOn(now, BERLIN);
  expect([sealed, stateOf(sealed, now, BERLIN), stateOf('2026-10-25', now, BERLIN)]).toEqual([
    '2026-10-24',
    'sealed',
    'merged',
  ]);
});

test('a day stands once, whether counts, fresh files or the table have it', () => {
  const rows = {
    counts: [
      { dt: '2026-11-23', ruleset: '', lines: 3, loads: 0 },
      { dt: '2026-11-23', ruleset: 'a', lines: 7, loads: 7 },
      { dt: '2026-11-23', ruleset: 'b', lines: 1, loads: 1 },
    ],
    fresh: [
      { file: 'fresh/1', dt: '2026-11-24', row_count: 1 },
      { file: 'fresh/1', dt: '2026-11-23', row_count: 4 },
      { file: 'fresh/2', dt: '2026-11-23', row_count: 2 },
    ],
    files: [{ dt: '2026-11-23', files: 2, bytes: 2048 }],
  };
  const now = at('2026-11-24T08:00:00Z');
  expect(dayStates(rows, now, UTC)).toEqual([
    {
      day: '2026-11-23',
      state: 'merged',
      fresh: 2,
      lines: 11,
      rows: 8,
      drops: 3,
      rulesets: ['a', 'b'],
      files: 2,
      bytes: 2048,
    },
    {
      day: '2026-11-24',
      state: 'open',
      fresh: 1,
      lines: 0,
      rows: 0,
      drops: 0,
      rulesets: [],
      files: 0,
      bytes: 0,
    },
  ]);
  expect(dayStates({ ...rows, files: null }, now, UTC)[0]).toMatchObject({ files: null, bytes: null });
});
