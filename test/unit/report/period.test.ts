import { expect, test } from 'vitest';
import {
  beforeWords,
  daysOf,
  lastWeek,
  parsePeriod,
  periodDates,
  periodTitle,
  previousPeriod,
} from '../../../core/report/period.ts';

test.each([
  ['2026-W47', '2026-11-16', '2026-11-22', 'Week 47', '16–22 Nov 2026'],
  ['2026-W53', '2026-12-28', '2027-01-03', 'Week 53', '28 Dec 2026 – 3 Jan 2027'],
  ['2027-W01', '2027-01-04', '2027-01-10', 'Week 1', '4–10 Jan 2027'],
  ['2026-11', '2026-11-01', '2026-11-30', 'Nov 2026', '1–30 Nov 2026'],
  ['2028-02', '2028-02-01', '2028-02-29', 'Feb 2028', '1–29 Feb 2028'],
  ['2026-11-16', '2026-11-16', '2026-11-16', null, '16 Nov 2026'],
  ['2026-10-28..2026-11-03', '2026-10-28', '2026-11-03', null, '28 Oct – 3 Nov 2026'],
])('reads %s', (text, from, until, title, dates) => {
  const period = parsePeriod(text);
  expect([period, periodTitle(period), periodDates(period)]).toEqual([{ from, until }, title, dates]);
});

test.each([
  '',
  'last week',
  '2026-W54',
  '2026-W00',
  '2025-W53',
  '2026-13',
  '2026-02-30',
  '2026-11-22..2026-11-16',
  '2026-11-16..',
  '2026-11-16..2026-11-17..2026-11-18',
])('refuses %j', (text) => expect(() => parsePeriod(text)).toThrow(/a period is a week .* got "/));

test('puts a period of equal length before', () => {
  expect(previousPeriod({ from: '2026-03-01', until: '2026-03-14' })).toEqual({
    from: '2026-02-15',
    until: '2026-02-28',
  });
  expect(beforeWords({ from: '2026-03-01', until: '2026-03-14' })).toBe('the 14 days before');
});

test('takes the week that is over, on a Monday and on a Sunday', () => {
  const week = { from: '2026-11-16', until: '2026-11-22' };
  expect([lastWeek('2026-11-23'), lastWeek('2026-11-29')]).toEqual([week, week]);
});

test('names every day, over the end of a month', () => {
  expect(daysOf({ from: '2026-02-27', until: '2026-03-02' })).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
    '2026-03-02',
  ]);
});
