import type { Campaign } from '../../core/campaign.ts';
import { DAY_MS } from '../../core/day.ts';
import { applyPlan, planStore } from '../../core/store/edge-state.ts';
import { createEdge, type EdgeRequest } from '../edge-runtime.ts';
import type { Calendar } from './calendar.ts';
import { createRandom } from './random.ts';

/** The edge function at a simulated time: its store is planned anew each day, as edge-state does. */
export function createEdgeDays(
  code: string,
  calendar: Calendar,
  campaigns: readonly Campaign[],
  seed: number,
) {
  const random = createRandom(seed, 'edge keys');
  const newKey = () => Array.from({ length: 64 }, () => random.below(16).toString(16)).join('');
  let entries: ReadonlyMap<string, string> = new Map();
  let plannedDay: number | null = null;
  let now = calendar.fromMs;
  const edge = createEdge(code, { get: (key) => entries.get(key) }, () => now);
  const plan = () => {
    const known = campaigns.filter(
      ({ sent_from }) => sent_from === null || Date.parse(sent_from) < now + DAY_MS,
    );
    entries = applyPlan(
      entries,
      planStore({ now, zones: calendar.zones, entries, campaigns: known, newKey }),
    );
  };
  return (request: EdgeRequest, atMs: number) => {
    now = atMs;
    const day = calendar.dayIndex(atMs);
    if (day !== plannedDay) plan();
    plannedDay = day;
    return edge(request);
  };
}
