import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';
import type { Home } from './home.ts';
import { readCampaigns } from './registry-files.ts';

/** Whoever can request a URL can invent campaigns; more names than this are counted without being shown. */
const MOST = 1000;

export interface ImportedCampaigns {
  /** Whether loads of this name are shown by name; registers it as imported while there is room. */
  admits(campaign: string): boolean;
  /** Keeps the names, so that a later import knows them. */
  save(): void;
}

/** Campaigns that imports found, beside those of the registry file. */
export function importedCampaigns(home: Home, most: number = MOST): ImportedCampaigns {
  const path = join(home.registry, 'imported.json');
  const registered = new Set(readCampaigns(home).map(({ id }) => id));
  const imported = new Set(existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : []);
  return {
    admits: (campaign) => {
      if (registered.has(campaign) || imported.has(campaign)) return true;
      if (imported.size >= most) return false;
      imported.add(campaign);
      return true;
    },
    save: () => writeAtomically(path, `${JSON.stringify([...imported].sort(), null, 1)}\n`),
  };
}
