import type { Campaign } from '../core/campaign.ts';
import { REGISTRY_FILES, STORE_KEYS, TABLE_PREFIXES } from '../core/layout.ts';
import type { Publish } from '../core/metrics.ts';
import { encodeCampaigns } from '../core/registry/campaign-table.ts';
import type { Carried } from '../core/registry/carried.ts';
import { readRegistry, registryAmong } from '../core/registry/file.ts';
import type { Forgotten } from '../core/registry/forgotten.ts';
import { keysAhead, readDayKeys } from '../core/store/day-keys.ts';
import {
  applyPlan,
  extendZones,
  planStore,
  type StoreInput,
  type StorePlan,
} from '../core/store/edge-state.ts';
import type { ZoneHistory } from '../core/zones.ts';
import type { BucketObjects } from './bucket.ts';
import type { EdgeStore, StoreState } from './edge-store.ts';

export interface EdgeHost {
  readonly store: EdgeStore;
  readonly data: BucketObjects;
  /** The config's zone, from now on. */
  readonly timeZone: string;
  readonly now: () => number;
  /** 64 random hex digits. */
  readonly newKey: () => string;
  readonly publish: Publish;
}

export interface EdgeUpdate {
  readonly campaigns: number;
  readonly put: number;
  readonly removed: number;
}

/** As often as somebody else may write between reading and writing; then the next run sees to it. */
const ATTEMPTS = 5;

/**
 * Makes the edge store, the zones and the table of campaigns what registry and clock ask for. Two runs may go beside
 * each other, and the slower one may have read the older file: so each ends by seeing that the file is still the same.
 */
export async function updateEdge(host: EdgeHost): Promise<EdgeUpdate> {
  const nothing: Forgotten = { salt: host.newKey(), hashes: [] };
  await host.data.writeIf('absent', REGISTRY_FILES.forgotten, JSON.stringify(nothing));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const registry = await findRegistry(host.data);
    const update = await carry(host, registry);
    if ((await findRegistry(host.data)).etag !== registry.etag) continue;
    if (registry.problem !== null) throw registry.problem;
    return update;
  }
  throw new Error(`the campaigns file changed ${ATTEMPTS} times meanwhile: run edge-state again`);
}

async function carry(host: EdgeHost, { etag, campaigns, problem }: FoundRegistry): Promise<EdgeUpdate> {
  // A broken file must not leave the coming days without keys.
  const only = problem === null ? (plan: StorePlan) => plan : onlyDayKeys;
  const plan = await updateStore(host, (input) => only(planStore({ ...input, campaigns })));
  if (problem === null)
    await host.data.write(`${TABLE_PREFIXES.tables}campaigns/campaigns.parquet`, encodeCampaigns(campaigns));
  const update = { campaigns: campaigns.length, put: plan.put.size, removed: plan.remove.length };
  const at = new Date(host.now()).toISOString();
  const carried: Carried = { etag, at, ...update, problem: problem?.message ?? null };
  await host.data.write(REGISTRY_FILES.carried, JSON.stringify(carried));
  return update;
}

/** Reads, plans, writes; again where another writer came between. */
async function updateStore(
  host: EdgeHost,
  plan: (input: Omit<StoreInput, 'campaigns'>) => StorePlan,
): Promise<StorePlan> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const state = await host.store.read();
    const now = host.now();
    const zones = await updateZones(host, now, state);
    const planned = plan({ now, zones, entries: state.entries, newKey: host.newKey });
    if (!(await host.store.apply(planned, state))) continue;
    const keys = readDayKeys(applyPlan(state.entries, planned).get(STORE_KEYS.days));
    host.publish({ KeysAhead: keysAhead(keys, now) });
    return planned;
  }
  throw new Error(
    `the edge store has one writer, but changed ${ATTEMPTS} times meanwhile: run edge-state again`,
  );
}

const onlyDayKeys = ({ put }: StorePlan): StorePlan => ({
  put: new Map([...put].filter(([key]) => key === STORE_KEYS.days)),
  remove: [],
});

interface FoundRegistry {
  readonly etag: string | null;
  /** None where there is no file, or a problem. */
  readonly campaigns: readonly Campaign[];
  readonly problem: Error | null;
}

async function findRegistry(data: BucketObjects): Promise<FoundRegistry> {
  let etag: string | null = null;
  try {
    const file = registryAmong(await data.list(REGISTRY_FILES.campaigns));
    if (file === null) return { etag, campaigns: [], problem: null };
    const stored = await data.read(file.name);
    etag = stored.etag;
    return { etag, campaigns: readRegistry(stored.bytes, file.format, file.name), problem: null };
  } catch (error) {
    return { etag, campaigns: [], problem: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Zones are written before the first key of theirs, and never changed: rows without a day read them. */
async function updateZones(
  { data, timeZone }: EdgeHost,
  now: number,
  state: StoreState,
): Promise<ZoneHistory> {
  const first = extendZones([], timeZone, now, state.entries);
  if ((await data.writeIf('absent', REGISTRY_FILES.zones, JSON.stringify(first))) !== null) return first;
  const { bytes, etag } = await data.read(REGISTRY_FILES.zones);
  const zones = JSON.parse(Buffer.from(bytes).toString('utf8')) as ZoneHistory;
  const extended = extendZones(zones, timeZone, now, state.entries);
  if (extended === zones) return zones;
  if ((await data.writeIf({ etag }, REGISTRY_FILES.zones, JSON.stringify(extended))) !== null)
    return extended;
  throw new Error(`${REGISTRY_FILES.zones} has one writer, but changed meanwhile: run edge-state again`);
}
