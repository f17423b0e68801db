import type { Campaign } from '../../../core/campaign.ts';
import { parseRegistry } from '../../../core/registry/registry.ts';
import { type CampaignEntry, readCampaignEntry } from '../../../core/store/campaign-entry.ts';
import { type DayKey, readDayKeys } from '../../../core/store/day-keys.ts';
import { applyPlan, planStore, type StorePlan } from '../../../core/store/edge-state.ts';
import type { ZoneHistory } from '../../../core/zones.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const NOON = Date.parse('2026-11-23T12:00:00Z');
export const UTC: ZoneHistory = [{ from: '1970-01-01', zone: 'UTC' }];

export const registry = (...rows: string[]): readonly Campaign[] =>
  parseRegistry(['id,sent_from,recording,copies,ends', ...rows].join('\n'), 'csv', 'campaigns.csv');

/** A store whose keys say their order, so that a changed one shows. */
export function createStore(zones = UTC) {
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
