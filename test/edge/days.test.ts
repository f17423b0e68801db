import { describe, expect, it } from 'vitest';
import { planStore } from '../../core/store/edge-state.ts';
import { dayInterval, dayOf, type ZoneHistory } from '../../core/zones.ts';
import { createEdge } from '../../local/edge-runtime.ts';
import { EDGE_CODE, storeOf } from './edge-code.ts';
import { requestOf } from './edge-world.ts';

const HOUR = 3_600_000;
const of = (zone: string): ZoneHistory => [{ from: '1970-01-01', zone }];

const CASES: readonly { name: string; day: string; hours: number; zones: ZoneHistory }[] = [
  { name: 'a day like any other', day: '2026-11-23', hours: 24, zones: of('Europe/Berlin') },
  { name: 'a day of 25 hours', day: '2026-10-25', hours: 25, zones: of('Europe/Berlin') },
  { name: 'a day of 23 hours', day: '2026-03-29', hours: 23, zones: of('Europe/Berlin') },
  { name: 'a day of 24.5 hours', day: '2026-04-05', hours: 24.5, zones: of('Australia/Lord_Howe') },
  {
    name: 'the first day of another zone',
    day: '2026-11-23',
    hours: 24 - 8,
    zones: [...of('Europe/Berlin'), { from: '2026-11-23', zone: 'Asia/Tokyo' }],
  },
];

/** The day that the edge writes at an instant, with the store as it was filled some hours before. */
async function dayAt(ms: number, zones: ZoneHistory): Promise<string | null> {
  const now = ms - 6 * HOUR;
  const { put } = planStore({ now, zones, entries: new Map(), campaigns: [], newKey: () => 'f'.repeat(64) });
  const edge = createEdge(EDGE_CODE, storeOf(Object.fromEntries(put)), () => ms);
  const { record } = await edge(requestOf({ query: 'utm_campaign=spring' }));
  return new URLSearchParams(record ?? '').get('day');
}

describe('a load has one day, to the millisecond', () => {
  it.each(CASES)('on $name', async ({ day, hours, zones }) => {
    const { fromMs, untilMs } = dayInterval(day, zones);
    expect((untilMs - fromMs) / HOUR).toBe(hours);
    const instants = [fromMs - 1, fromMs, fromMs + 1, untilMs - 1, untilMs, untilMs + 1];
    const said = await Promise.all(instants.map((ms) => dayAt(ms, zones)));
    expect(said).toEqual(instants.map((ms) => dayOf(ms, zones)));
    expect(said.map((one) => one === day)).toEqual([false, true, true, true, false, false]);
  });
});
