import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { dueAt, isKept, UNDATED } from '../../../core/merge/due.ts';
import { dayInterval, type ZoneHistory } from '../../../core/zones.ts';

const BERLIN: ZoneHistory = [{ from: '1970-01-01', zone: 'Europe/Berlin' }];
const UTC: ZoneHistory = [{ from: '1970-01-01', zone: 'UTC' }];
const { retention } = parseConfig({});
const THREE_DAYS = 3 * 86_400_000;

describe('a day is sealed', () => {
  test.each([
    ['of 24 hours', '2026-11-20'],
    ['of 25 hours', '2026-10-25'],
    ['of 23 hours', '2026-03-29'],
    ['before one of 25 hours', '2026-10-24'],
  ])('three times 24 hours after it was over, to the millisecond: %s', (_name, day) => {
    const over = dayInterval(day, BERLIN).untilMs;
    expect(dueAt(over + THREE_DAYS, BERLIN, retention).sealed).toBe(day);
    expect(dueAt(over + THREE_DAYS - 1, BERLIN, retention).sealed < day).toBe(true);
  });
});

test('user agents stay for so many whole days after their own', () => {
  const now = Date.parse('2026-11-27T12:00:00Z');
  expect(dueAt(now, UTC, { ...retention, userAgentDays: 1 }).aged).toBe('2026-11-25');
  expect(dueAt(now, UTC, retention).aged).toBe('2026-10-27');
});

test.each([
  ['2026-11-27', '2025-10-27', '2021-11-27'],
  ['2026-03-31', '2025-03-03', '2021-03-31'],
])('on %s events are kept from %s and counts from %s', (day, eventsFrom, countsFrom) => {
  expect(dueAt(Date.parse(`${day}T12:00:00Z`), UTC, retention)).toMatchObject({ eventsFrom, countsFrom });
});

test('lines without a time never expire', () => {
  const due = dueAt(Date.parse('2026-11-27T12:00:00Z'), UTC, retention);
  expect([UNDATED, '1999-01-01', due.eventsFrom].map((day) => isKept(day, due))).toEqual([true, false, true]);
});
