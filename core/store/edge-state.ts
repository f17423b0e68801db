import type { Campaign } from '../campaign.ts';
import { addDays } from '../day.ts';
import { STORE_KEYS } from '../layout.ts';
import { dayOf, type ZoneHistory } from '../zones.ts';
import { type CampaignEntry, planCampaignEntry, readCampaignEntry } from './campaign-entry.ts';
import { type DayKey, planDayKeys, readDayKeys } from './day-keys.ts';

/** CloudFront's KeyValueStore holds 5 MB; from 80 % on, ended campaigns leave, the oldest first. */
const STORE_BYTES = 5_000_000;
const FULL_SHARE = 0.8;
const CAMPAIGN_PREFIX = STORE_KEYS.campaign('');

export interface StoreInput {
  readonly now: number;
  readonly zones: ZoneHistory;
  /** What the store holds today. */
  readonly entries: ReadonlyMap<string, string>;
  readonly campaigns: readonly Campaign[];
  /** 64 random hex digits. */
  readonly newKey: () => string;
  /** @default 5,000,000, CloudFront's limit */
  readonly storeBytes?: number;
}

/** What must change in the store, withdrawals first; nothing that is right already is written again. */
export interface StorePlan {
  readonly put: Map<string, string>;
  readonly remove: string[];
}

/** Plans the edge store: day keys two days ahead, one entry per campaign. Pure; a second plan changes nothing. */
export function planStore(input: StoreInput): StorePlan {
  const wanted = new Map<string, string>();
  for (const [id, entry] of fitCampaigns(input)) wanted.set(STORE_KEYS.campaign(id), JSON.stringify(entry));
  const keys = planDayKeys(readDayKeys(input.entries.get(STORE_KEYS.days)), input);
  wanted.set(STORE_KEYS.days, JSON.stringify(keys));
  const put = [...wanted].filter(([key, value]) => input.entries.get(key) !== value);
  const remove = [...input.entries.keys()].filter((key) => !wanted.has(key));
  return { put: new Map(put.toSorted(byUrgency)), remove };
}

/** Carries out a plan on a copy of the store. */
export function applyPlan(entries: ReadonlyMap<string, string>, plan: StorePlan): Map<string, string> {
  const after = new Map([...entries, ...plan.put]);
  for (const key of plan.remove) after.delete(key);
  return after;
}

/**
 * Zones with a changed one appended: it begins at the first day whose key is not yet written, and what is there is
 * never changed.
 */
export function extendZones(
  zones: ZoneHistory,
  zone: string,
  now: number,
  entries: ReadonlyMap<string, string>,
): ZoneHistory {
  const last = zones.at(-1);
  if (last === undefined) return [{ from: '1970-01-01', zone }];
  if (last.zone === zone) return zones;
  const written = readDayKeys(entries.get(STORE_KEYS.days)).map((key: DayKey) => key.day);
  const taken = [last.from, addDays(dayOf(now, zones), -1), ...written].toSorted();
  return [...zones, { from: addDays(taken.at(-1) ?? last.from, 1), zone }];
}

/** Campaigns of the registry, then those that left it; without the oldest ended ones where the store is too full. */
function fitCampaigns(input: StoreInput): ReadonlyMap<string, CampaignEntry> {
  const planned = new Map<string, CampaignEntry>();
  for (const campaign of input.campaigns) {
    const before = readCampaignEntry(input.entries.get(STORE_KEYS.campaign(campaign.id)));
    planned.set(campaign.id, planCampaignEntry(before, campaign, input));
  }
  for (const [key, value] of input.entries) {
    const id = key.startsWith(CAMPAIGN_PREFIX) ? key.slice(CAMPAIGN_PREFIX.length) : '';
    const before = readCampaignEntry(value);
    if (id !== '' && before !== null && !planned.has(id))
      planned.set(id, planCampaignEntry(before, null, input));
  }
  return withoutOldest(planned, input.now, (input.storeBytes ?? STORE_BYTES) * FULL_SHARE);
}

function withoutOldest(
  planned: Map<string, CampaignEntry>,
  now: number,
  limit: number,
): ReadonlyMap<string, CampaignEntry> {
  const sizeOf = (id: string, entry: CampaignEntry): number =>
    STORE_KEYS.campaign(id).length + JSON.stringify(entry).length;
  let size = [...planned].reduce((sum, [id, entry]) => sum + sizeOf(id, entry), 0);
  const leaving = [...planned]
    .filter(([, entry]) => entry.until !== undefined && entry.until <= now && entry.was_off !== true)
    .toSorted(([, one], [, other]) => (one.until ?? 0) - (other.until ?? 0));
  for (const [id, entry] of leaving) {
    if (size <= limit) break;
    planned.delete(id);
    size -= sizeOf(id, entry);
  }
  return planned;
}

/** A withdrawal must not wait behind hundreds of other entries. */
function byUrgency([, one]: [string, string], [, other]: [string, string]): number {
  return urgency(one) - urgency(other);
}

const urgency = (value: string): number => (readCampaignEntry(value)?.mode === 'off' ? 0 : 1);
