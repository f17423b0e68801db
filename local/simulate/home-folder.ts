import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from '../home.ts';
import { SIMULATED_DISTRIBUTION } from './log-hours.ts';

const CAMPAIGNS_FILE = 'campaigns.csv';
const ZONES_FILE = 'zones.json';

/** Whether a folder is a simulation's: a finished one has its truth, one that was broken off has only its logs. */
export function isSimulated(home: Home): boolean {
  if (existsSync(home.truth)) return true;
  const others = readdirSync(home.root).filter((name) => !['logs', 'registry'].includes(name));
  return others.length === 0 && foreignLogs(home).length === 0;
}

const logsOf = (home: Home): readonly string[] => (existsSync(home.logs) ? readdirSync(home.logs) : []);
const foreignLogs = (home: Home): readonly string[] =>
  logsOf(home).filter((name) => !name.startsWith(`${SIMULATED_DISTRIBUTION}.`));

/** Makes room for a simulation: removes what an earlier one wrote, refuses a folder that holds anything real. */
export function prepareHome(home: Home): { readonly campaigns: string; readonly zones: string } {
  const foreign = foreignLogs(home);
  const [example] = foreign;
  if (example !== undefined) {
    const objects = foreign.length === 1 ? 'a log object' : `${foreign.length} log objects`;
    throw new Error(
      `${home.logs} holds ${objects} that no simulation wrote, such as ${example}: choose another folder with --home`,
    );
  }
  const registry = existsSync(home.registry) ? readdirSync(home.registry) : [];
  const real = registry.find((name) => name.startsWith('campaigns.'));
  if (real !== undefined && !existsSync(home.truth)) {
    throw new Error(
      `${join(home.registry, real)} was not written by a simulation: choose another folder with --home`,
    );
  }
  if (existsSync(home.database)) {
    throw new Error(
      `${home.database} holds tables already, which would mix with the new truth: remove ${home.root}, or choose another folder with --home`,
    );
  }
  for (const name of logsOf(home)) rmSync(join(home.logs, name));
  for (const folder of [home.logs, home.registry]) mkdirSync(folder, { recursive: true });
  return { campaigns: join(home.registry, CAMPAIGNS_FILE), zones: join(home.registry, ZONES_FILE) };
}
