import type { Campaign } from '../core/campaign.ts';
import { REGISTRY_FILES, STORE_KEYS, TABLE_PREFIXES } from '../core/layout.ts';
import type { Publish } from '../core/metrics.ts';
import { encodeCampaigns } from '../core/registry/campaign-table.ts';
import { parseRegistry } from '../core/registry/registry.ts';
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

/** As often as another writer may come between reading and writing; then the next run sees to it. */
const ATTEMPTS = 5;

/** Makes the edge store, the zones and the table of campaigns what registry and clock ask for. */
export async function updateEdge(host: EdgeHost): Promise<EdgeUpdate> {
  const registry = await readCampaigns(host.data).catch((problem: unknown) => ({ problem }));
  if ('problem' in registry) {
    // A broken file must not leave the coming days without keys.
    await updateStore(host, (input) => onlyDayKeys(planStore({ ...input, campaigns: [] })));
    throw registry.problem;
  }
  const plan = await updateStore(host, (input) => planStore({ ...input, campaigns: registry }));
  await host.data.write(`${TABLE_PREFIXES.tables}campaigns/campaigns.parquet`, encodeCampaigns(registry));
  return { campaigns: registry.length, put: plan.put.size, removed: plan.remove.length };
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

/** The registry file, of which there is one: campaigns.csv or campaigns.json. None is a registry without campaigns. */
async function readCampaigns(data: BucketObjects): Promise<readonly Campaign[]> {
  const [key, ...more] = await data.list(REGISTRY_FILES.campaigns);
  if (key === undefined) return [];
  if (more.length > 0)
    throw new Error(`the registry is one file, got ${[key, ...more].join(', ')}: delete one`);
  const format = key.slice(REGISTRY_FILES.campaigns.length);
  if (format !== 'csv' && format !== 'json')
    throw new Error(`the registry is a .csv or .json file, got ${key}`);
  const { bytes } = await data.read(key);
  return parseRegistry(Buffer.from(bytes).toString('utf8'), format, key);
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
