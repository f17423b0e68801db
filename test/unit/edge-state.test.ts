import { describe, expect, it } from 'vitest';
import { type CampaignEntry, readCampaignEntry } from '../../core/campaign-entry.ts';
import { type DayKey, readDayKeys } from '../../core/day-keys.ts';
import { applyPlan, extendZones, planStore, type StorePlan } from '../../core/edge-state.ts';
import { type Campaign, parseRegistry } from '../../core/registry.ts';
import { addDays, dayOf, type ZoneHistory } from '../../core/zones.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-11-23T12:00:00Z');
const UTC: ZoneHistory = [{ from: '1970-01-01', zone: 'UTC' }];

const registry = (...rows: string[]): readonly Campaign[] =>
  parseRegistry(['id,sent_from,recording,copies,ends', ...rows].join('\n'), 'csv', 'campaigns.csv');

/** A store whose keys say their order, so that a changed one shows. */
function createStore(zones = UTC) {
  let made = 0;
  const newKey = (): string => {
    made += 1;
    return made.toString(16).padStart(64, '0');
  };
  let entries: ReadonlyMap<string, string> = new Map();
  return {
    run(
      now: number,
      campaigns: readonly Campaign[] = [],
      storeBytes = 5_000_000,
      history = zones,
    ): StorePlan {
      const plan = planStore({ now, zones: history, entries, campaigns, newKey, storeBytes });
      entries = applyPlan(entries, plan);
      return plan;
    },
    days: (): readonly DayKey[] => readDayKeys(entries.get('k')),
    entry: (id: string): CampaignEntry | null => readCampaignEntry(entries.get(`c.${id}`)),
    entries: () => entries,
    set: (key: string, value: string) => {
      entries = new Map([...entries, [key, value]]);
    },
  };
}

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

describe('campaigns', () => {
  it('have an entry of mode and copies', () => {
    const store = createStore();
    store.run(NOON, registry('a,,,,', 'b,,consented,off,', 'c,,test,,2026-11-30'));
    expect(store.entry('a')).toEqual({ mode: 'aggregate', copies: 'day' });
    expect(store.entry('b')).toEqual({ mode: 'consented', copies: 'off' });
    expect(store.entry('c')).toEqual({ mode: 'test', copies: 'day', until: Date.parse('2026-12-01T00:00Z') });
  });

  it('are withdrawn before anything else is written', () => {
    const store = createStore();
    const plan = store.run(NOON, registry('a,,,,', 'b,,,,', 'c,,off,,', 'd,,off,,'));
    expect([...plan.put.keys()].slice(0, 2).toSorted()).toEqual(['c.c', 'c.d']);
  });

  it('keep one own key until they end, and none after', () => {
    const store = createStore();
    const campaigns = registry('a,,,campaign,2026-11-30');
    const keys = new Set<string>();
    for (let now = NOON; now < NOON + 40 * DAY; now += 7 * HOUR) {
      store.run(now, campaigns);
      const { key, until } = store.entry('a') ?? {};
      expect(until).toBe(Date.parse('2026-12-01T00:00Z'));
      expect(key !== undefined).toBe(now < Date.parse('2026-12-01T00:00Z'));
      if (key !== undefined) keys.add(key);
    }
    expect(keys.size).toBe(1);
  });

  it('keep an own key for thirty days at most, whatever their end says', () => {
    const store = createStore();
    store.run(NOON, registry('a,,,campaign,'));
    expect(store.entry('a')?.until).toBe(NOON + 30 * DAY);
    store.run(NOON + 29 * DAY, registry('a,,,campaign,2027-12-31'));
    expect(store.entry('a')).toMatchObject({ until: NOON + 30 * DAY, key: expect.any(String) });
    store.run(NOON + 30 * DAY, registry('a,,,campaign,2027-12-31'));
    expect(store.entry('a')).toEqual({
      mode: 'aggregate',
      copies: 'campaign',
      since: NOON,
      until: NOON + 30 * DAY,
    });
  });

  it('get their own key two days before sending begins', () => {
    const store = createStore();
    const campaigns = registry('a,2026-12-24T12:00Z,,campaign,');
    store.run(NOON, campaigns);
    expect(store.entry('a')).toEqual({ mode: 'aggregate', copies: 'campaign' });
    store.run(Date.parse('2026-12-22T12:00Z'), campaigns);
    expect(store.entry('a')).toMatchObject({
      key: expect.any(String),
      until: Date.parse('2027-01-21T12:00Z'),
    });
  });

  it('lose their own key when they are switched off, for good', () => {
    const store = createStore();
    store.run(NOON, registry('a,,,campaign,'));
    store.run(NOON + HOUR, registry('a,,off,campaign,'));
    expect(store.entry('a')).toMatchObject({ mode: 'off', was_off: true });
    expect(store.entry('a')?.key).toBeUndefined();
    store.run(NOON + 2 * HOUR, registry('a,,,campaign,'));
    expect(store.entry('a')).toMatchObject({ mode: 'aggregate', was_off: true });
    expect(store.entry('a')?.key).toBeUndefined();
  });

  it('stay known, without key, when the registry no longer names them', () => {
    const store = createStore();
    store.run(NOON, registry('a,,,campaign,', 'b,,off,,'));
    store.run(NOON + HOUR, []);
    expect(store.entry('a')).toEqual({
      mode: 'aggregate',
      copies: 'campaign',
      since: NOON,
      until: NOON + HOUR,
    });
    expect(store.entry('b')).toMatchObject({ mode: 'off' });
    expect(store.run(NOON + 2 * HOUR, []).put.size).toBe(0);
  });

  it('leave a full store when they have ended, the oldest first, never one that was off', () => {
    const store = createStore();
    const ended = Array.from({ length: 20 }, (_, at) =>
      `old-${at},,,,2026-10-${at + 1}`.replace(/-(\d)$/, '-0$1'),
    );
    const campaigns = registry(...ended, 'gone,,off,,2026-01-01', 'live,,,,');
    const plan = store.run(NOON, campaigns, 1_000);
    const kept = [...store.entries().keys()].filter((key) => key !== 'k');
    expect(kept).toContain('c.gone');
    expect(kept).toContain('c.live');
    expect(kept).toContain('c.old-19');
    expect(kept).not.toContain('c.old-0');
    expect(plan.remove).toEqual([]);
    expect(store.run(NOON + HOUR, campaigns, 1_000).put.size).toBe(0);
    store.run(NOON + HOUR, campaigns);
    expect([...store.entries().keys()]).toContain('c.old-0');
    expect(store.run(NOON + 2 * HOUR, campaigns, 1_000).remove).toContain('c.old-0');
  });

  it('keep every value within the store’s kilobyte', () => {
    const store = createStore();
    store.run(NOON, registry(`${'a'.repeat(64)},,consented,campaign,2026-12-01`));
    expect([...store.entries()].filter(([key, value]) => key.length > 512 || value.length > 1_024)).toEqual(
      [],
    );
  });
});
