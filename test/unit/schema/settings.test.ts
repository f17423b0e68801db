import { expect, test } from 'vitest';
import { settingsRows, settingsView, smallNumberOn } from '../../../core/schema/settings.ts';

const entry = (from: string, burstMessages: number) => ({ from, smallNumber: 10, burstMessages });

test('one entry holds for every day', () => {
  expect(settingsRows([entry('2026-05-01', 5)])).toEqual([
    { fromDay: '0001-01-01', untilDay: '9999-12-31', smallNumber: 10, burstMessages: 5 },
  ]);
});

test('each entry holds until the day before the next, in whatever order they are written', () => {
  const rows = settingsRows([entry('2026-03-01', 7), entry('1970-01-01', 5), entry('2027-01-01', 9)]);
  expect(rows.map(({ fromDay, untilDay, burstMessages }) => [fromDay, untilDay, burstMessages])).toEqual([
    ['0001-01-01', '2026-02-28', 5],
    ['2026-03-01', '2026-12-31', 7],
    ['2027-01-01', '9999-12-31', 9],
  ]);
});

test('two entries of one day are refused', () => {
  expect(() => settingsRows([entry('2026-03-01', 7), entry('2026-03-01', 8)])).toThrow(
    'thresholds name each day once, got 2026-03-01 twice: join the two entries',
  );
});

test('a report of days before the first entry takes that entry', () => {
  const thresholds = [
    { from: '2026-03-01', smallNumber: 20, burstMessages: 5 },
    { from: '2026-04-01', smallNumber: 5, burstMessages: 5 },
  ];
  expect(['2025-12-31', '2026-03-31', '2026-04-01'].map((day) => smallNumberOn(day, thresholds))).toEqual([
    20, 20, 5,
  ]);
});

test('the view holds a row for each', () => {
  expect(settingsView([entry('2026-03-01', 7), entry('2026-04-01', 8)])).toContain(
    "('0001-01-01', '2026-03-31', 10, 7),\n    ('2026-04-01', '9999-12-31', 10, 8)",
  );
});

test('a number that is none cannot get into the text', () => {
  expect(() => settingsView([entry('2026-03-01', 1.5)])).toThrow(/got "1\.5"/);
});
