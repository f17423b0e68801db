import { describe, expect, it } from 'vitest';
import { addDays } from '../../core/day.ts';
import { dayInterval, dayOf, type ZoneHistory } from '../../core/zones.ts';

const HOUR = 3_600_000;
const zone = (name: string): ZoneHistory => [{ from: '1970-01-01', zone: name }];
const hours = (day: string, zones: ZoneHistory): number => {
  const { fromMs, untilMs } = dayInterval(day, zones);
  return (untilMs - fromMs) / HOUR;
};

describe('a day in a zone', () => {
  it.each([
    { day: '2026-11-23', name: 'UTC', from: '2026-11-23T00:00:00.000Z', length: 24 },
    { day: '2026-03-29', name: 'Europe/Berlin', from: '2026-03-28T23:00:00.000Z', length: 23 },
    { day: '2026-10-25', name: 'Europe/Berlin', from: '2026-10-24T22:00:00.000Z', length: 25 },
    { day: '2026-03-08', name: 'America/New_York', from: '2026-03-08T05:00:00.000Z', length: 23 },
    { day: '2026-11-01', name: 'America/New_York', from: '2026-11-01T04:00:00.000Z', length: 25 },
    { day: '2026-10-04', name: 'Australia/Lord_Howe', from: '2026-10-03T13:30:00.000Z', length: 23.5 },
    { day: '2026-11-23', name: 'Asia/Kathmandu', from: '2026-11-22T18:15:00.000Z', length: 24 },
    // Clocks go from 23:59:59 to 01:00 there: the day has no midnight.
    { day: '2026-09-06', name: 'America/Santiago', from: '2026-09-06T04:00:00.000Z', length: 23 },
    // The whole day was left out, to change sides of the date line.
    { day: '2011-12-30', name: 'Pacific/Apia', from: '2011-12-30T10:00:00.000Z', length: 0 },
    { day: '2011-12-31', name: 'Pacific/Apia', from: '2011-12-30T10:00:00.000Z', length: 24 },
  ])('$day in $name has $length hours', ({ day, name, from, length }) => {
    expect(new Date(dayInterval(day, zone(name)).fromMs).toISOString()).toBe(from);
    expect(hours(day, zone(name))).toBe(length);
  });

  it.each([
    'Europe/Berlin',
    'America/New_York',
    'America/Santiago',
    'Asia/Kathmandu',
    'Africa/Cairo',
    'Pacific/Auckland',
  ])('follows the one before without a gap all year in %s', (name) => {
    const zones = zone(name);
    const gaps: string[] = [];
    for (let day = '2026-01-01'; day < '2027-02-01'; day = addDays(day, 1)) {
      const { fromMs, untilMs } = dayInterval(day, zones);
      if (dayInterval(addDays(day, 1), zones).fromMs !== untilMs) gaps.push(day);
      if (dayOf(fromMs, zones) !== day || dayOf(untilMs - 1, zones) !== day) gaps.push(`${day} edges`);
    }
    expect(gaps).toEqual([]);
  });

  it('says the same whichever day was asked before', () => {
    const instants = Array.from({ length: 400 }, (_, at) => Date.UTC(2026, 2, 27) + at * 11 * 60_000 * 13);
    const zones = zone('Europe/Berlin');
    const forward = instants.map((ms) => dayOf(ms, zones));
    expect(instants.toReversed().map((ms) => dayOf(ms, zone('Europe/Berlin')))).toEqual(forward.toReversed());
  });

  it('calls an empty history by its name', () => {
    expect(() => dayOf(0, [])).toThrow('the zone history is empty: give it one zone, such as UTC');
  });
});

describe('a history of zones', () => {
  it.each([
    { before: 'UTC', after: 'Europe/Berlin', lengths: [24, 22, 24] },
    { before: 'Europe/Berlin', after: 'America/New_York', lengths: [24, 30, 24] },
    // From one end of the map to the other the first day is empty, and the second makes up for it.
    { before: 'Etc/GMT+12', after: 'Pacific/Kiritimati', lengths: [24, 0, 22] },
    { before: 'Pacific/Kiritimati', after: 'Etc/GMT+12', lengths: [24, 50, 24] },
  ])('from $before to $after', ({ before, after, lengths }) => {
    const zones: ZoneHistory = [
      { from: '1970-01-01', zone: before },
      { from: '2026-05-10', zone: after },
    ];
    const days = ['2026-05-09', '2026-05-10', '2026-05-11'];
    expect(days.map((day) => hours(day, zones))).toEqual(lengths);
    const misplaced: string[] = [];
    for (let ms = Date.UTC(2026, 4, 7); ms < Date.UTC(2026, 4, 14); ms += HOUR / 2) {
      const { fromMs, untilMs } = dayInterval(dayOf(ms, zones), zones);
      if (ms < fromMs || ms >= untilMs) misplaced.push(new Date(ms).toISOString());
    }
    expect(misplaced).toEqual([]);
  });
});
