import { describe, expect, it } from 'vitest';
import { createStore, DAY, HOUR, NOON, registry } from './planned-store.ts';

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
