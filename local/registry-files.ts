import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../core/campaign.ts';
import { type RegistryFormat, readRegistry, registryAmong, writeRegistry } from '../core/registry/file.ts';
import type { ZoneHistory } from '../core/zones.ts';
import { writeAtomically } from './atomic-file.ts';
import type { Home } from './home.ts';

const FORMATS = ['csv', 'json'] as const;

/** Campaigns of the home folder's campaigns.csv or campaigns.json; none where there is no file. */
export function readCampaigns(home: Home): readonly Campaign[] {
  const found = registryFile(home);
  return found === null ? [] : readRegistry(readFileSync(found.path), found.format, found.path);
}

/** Adds campaigns that the registry does not name yet; those it names stay as they are. */
export function registerCampaigns(home: Home, campaigns: readonly Campaign[]): void {
  const known = readCampaigns(home);
  const fresh = campaigns.filter(({ id }) => !known.some((campaign) => campaign.id === id));
  if (fresh.length === 0) return;
  const { path, format } = registryFile(home) ?? {
    path: join(home.registry, 'campaigns.csv'),
    format: 'csv' as const,
  };
  const all = [...known, ...fresh];
  writeAtomically(path, writeRegistry(all, format));
}

/** Zones whose days the data has; the first reading writes the configured one down, so that it holds from then on. */
export function readZones(home: Home, timeZone: string): ZoneHistory {
  const path = zonesFile(home);
  if (existsSync(path)) return parseZones(readFileSync(path, 'utf8'), path);
  const zones: ZoneHistory = [{ from: '1970-01-01', zone: timeZone }];
  writeZones(home, zones);
  return zones;
}

/** Zones are only ever appended to: see extendZones. */
export function writeZones(home: Home, zones: ZoneHistory): void {
  writeAtomically(zonesFile(home), `${JSON.stringify(zones, null, 2)}\n`);
}

const zonesFile = (home: Home): string => join(home.registry, 'zones.json');

/** The one file of the registry; null for none yet. */
export function registryFile(home: Home): { readonly path: string; readonly format: RegistryFormat } | null {
  const names = FORMATS.map((format) => join(home.registry, `campaigns.${format}`)).filter(existsSync);
  const file = registryAmong(names);
  return file === null ? null : { path: file.name, format: file.format };
}

function parseZones(text: string, path: string): ZoneHistory {
  try {
    const zones: unknown = JSON.parse(text);
    if (Array.isArray(zones) && zones.length > 0 && zones.every(isZone)) return zones;
  } catch {
    // The sentence below says it.
  }
  throw new Error(
    `${path} is no list of {"from": day, "zone": name}: restore it, as it says which day old loads are in`,
  );
}

function isZone(value: unknown): value is ZoneHistory[number] {
  if (typeof value !== 'object' || value === null) return false;
  const { from, zone } = value as { from?: unknown; zone?: unknown };
  return typeof from === 'string' && typeof zone === 'string';
}
