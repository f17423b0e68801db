import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { applyPlan, extendZones, planStore, type StorePlan } from '../core/store/edge-state.ts';
import { writeAtomically } from './atomic-file.ts';
import type { EdgeStore } from './edge-runtime.ts';
import type { Home } from './home.ts';
import { readCampaigns, readZones, writeZones } from './registry-files.ts';

/** Only the owner may read it: whoever knows a day's key can recompute that day's hashes. */
const STORE_MODE = 0o600;

export interface SeedOptions {
  readonly now: number;
  /** @default - the zone stays as it is; UTC in a new home folder */
  readonly timeZone?: string;
  /** @default 32 random bytes in hex */
  readonly newKey?: () => string;
}

/** Brings the home folder's store in line with its registry, as `edge-state` does in the cloud; answers what that changed. */
export function seedStore(home: Home, { now, timeZone, newKey = randomKey }: SeedOptions): StorePlan {
  const entries = readEntries(home);
  const before = readZones(home, timeZone ?? 'UTC');
  const zones = timeZone === undefined ? before : extendZones(before, timeZone, now, entries);
  if (zones !== before) writeZones(home, zones);
  const plan = planStore({ now, zones, entries, campaigns: readCampaigns(home), newKey });
  if (plan.put.size === 0 && plan.remove.length === 0) return plan;
  const after = Object.fromEntries(applyPlan(entries, plan));
  writeAtomically(home.store, `${JSON.stringify(after, null, 2)}\n`, STORE_MODE);
  return plan;
}

/** The home folder's store as the edge reads it: a change of the file holds from the next request on. */
export function openStore(home: Home): EdgeStore {
  let entries: ReadonlyMap<string, string> = new Map();
  let version = '';
  return {
    get(key) {
      const { mtimeMs, ino, size } = statSync(home.store);
      const current = `${mtimeMs} ${ino} ${size}`;
      if (current !== version) entries = readEntries(home);
      version = current;
      return entries.get(key);
    },
  };
}

const randomKey = (): string => randomBytes(32).toString('hex');

function readEntries(home: Home): ReadonlyMap<string, string> {
  const stat = statSync(home.store, { throwIfNoEntry: false });
  if (stat === undefined) return new Map();
  try {
    const entries: unknown = JSON.parse(readFileSync(home.store, 'utf8'));
    if (isTexts(entries)) return new Map(Object.entries(entries));
  } catch {
    // The sentence below says it.
  }
  throw new Error(
    `${home.store} is no JSON object of texts: delete it, and new keys are made (today's copies count again)`,
  );
}

function isTexts(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === 'string');
}
