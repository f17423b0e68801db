import { describe, expect, it } from 'vitest';
import { addDays } from '../../../core/day.ts';
import type { DayKey } from '../../../core/store/day-keys.ts';
import { extendZones } from '../../../core/store/edge-state.ts';
import { dayOf, type ZoneHistory } from '../../../core/zones.ts';
import { createStore, DAY, HOUR, NOON, UTC } from './planned-store.ts';

/** What a store's days must always be: today first, the day after tomorrow last, no gap, and as they were written. */
function problemsOf(
  days: readonly DayKey[],
  now: number,
  zones: ZoneHistory,
  written: Map<string, string>,
): string[] {
  const today = dayOf(now, zones);
  const problems = [
    days.length > 4 && 'too many',
    JSON.stringify(days).length > 1_024 && 'too long for the store',
    days[0]?.day !== today && 'today is missing',
    days.at(-1)?.day !== addDays(today, 2) && 'the day after tomorrow is missing',
    ...days.flatMap((key, index) => [
      key.until_ms <= now && `${key.day} is over`,
      key.from_ms !== (days[index - 1]?.until_ms ?? key.from_ms) && `a gap before ${key.day}`,
      dayOf(key.from_ms, zones) !== key.day && `${key.day} begins elsewhere`,
      dayOf(key.until_ms - 1, zones) !== key.day && `${key.day} ends elsewhere`,
      (written.get(key.day) ?? JSON.stringify(key)) !== JSON.stringify(key) && `${key.day} changed`,
    ]),
  ];
  for (const key of days) written.set(key.day, JSON.stringify(key));
  return problems
    .filter((problem) => problem !== false)
    .map((problem) => `${new Date(now).toISOString()}: ${problem}`);
}

describe('day keys', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Santiago', 'Pacific/Auckland'])(
    'run through a year in %s: two days ahead, contiguous, four at most, never changed',
    (zone) => {
      const zones: ZoneHistory = [{ from: '1970-01-01', zone }];
      const store = createStore(zones);
      const written = new Map<string, string>();
      const problems: string[] = [];
      // An odd step, so that runs fall at every time of day; some days get two runs.
      for (
        let now = Date.parse('2026-01-01T00:30Z');
        now < Date.parse('2027-02-01T00:00Z');
        now += 17.3 * HOUR
      ) {
        store.run(now);
        problems.push(...problemsOf(store.days(), now, zones, written));
      }
      expect(problems).toEqual([]);
      const keys = [...written.values()].map((text) => (JSON.parse(text) as DayKey).key);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  it('are left alone by a second run', () => {
    const store = createStore();
    expect([...store.run(NOON).put.keys()]).toEqual(['k']);
    const again = store.run(NOON + HOUR);
    expect([again.put.size, again.remove]).toEqual([0, []]);
  });

  it('begin anew after a pause', () => {
    const store = createStore();
    store.run(NOON);
    store.run(NOON + 10 * DAY);
    expect(store.days().map(({ day }) => day)).toEqual(['2026-12-03', '2026-12-04', '2026-12-05']);
  });

  it('are made where the entry is broken', () => {
    const store = createStore();
    for (const broken of ['', '{', '7', '[{"day":1}]']) {
      store.set('k', broken);
      store.run(NOON);
      expect(store.days()).toHaveLength(3);
    }
  });

  it('stay contiguous through changed zones', () => {
    const names = ['UTC', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Europe/Berlin', 'Asia/Kathmandu'];
    const store = createStore();
    const written = new Map<string, string>();
    const problems: string[] = [];
    let zones: ZoneHistory = UTC;
    for (let round = 0; round < 120; round += 1) {
      const now = NOON + round * DAY;
      const before = zones;
      zones = extendZones(before, names[Math.floor(round / 7) % names.length] ?? 'UTC', now, store.entries());
      if (before.some((entry, index) => zones[index] !== entry))
        problems.push(`round ${round}: history changed`);
      store.run(now, [], 5_000_000, zones);
      problems.push(...problemsOf(store.days(), now, zones, written));
    }
    expect(zones.length).toBeGreaterThan(10);
    expect(problems).toEqual([]);
  });
});

describe('the history of zones', () => {
  it('begins with the configured zone', () => {
    expect(extendZones([], 'Europe/Berlin', NOON, new Map())).toEqual([
      { from: '1970-01-01', zone: 'Europe/Berlin' },
    ]);
  });

  it('changes at the first day whose key is not yet written', () => {
    const store = createStore();
    store.run(NOON);
    expect(extendZones(UTC, 'UTC', NOON, store.entries())).toBe(UTC);
    expect(extendZones(UTC, 'Europe/Berlin', NOON, store.entries())).toEqual([
      ...UTC,
      { from: '2026-11-26', zone: 'Europe/Berlin' },
    ]);
    expect(extendZones(UTC, 'Europe/Berlin', NOON, new Map())).toEqual([
      ...UTC,
      { from: '2026-11-23', zone: 'Europe/Berlin' },
    ]);
  });

  it('may change twice before a key is written', () => {
    const once = extendZones(UTC, 'Europe/Berlin', NOON, new Map());
    expect(extendZones(once, 'Asia/Tokyo', NOON, new Map()).at(-1)).toEqual({
      from: '2026-11-24',
      zone: 'Asia/Tokyo',
    });
  });
});
