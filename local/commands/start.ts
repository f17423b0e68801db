import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NEW_CAMPAIGN } from '../../core/campaign.ts';
import { homeAt } from '../home.ts';
import { EXAMPLE_ASSETS, EXAMPLE_DOCUMENT } from '../page/example-document.ts';
import { TRY_CAMPAIGN } from '../page/personas.ts';
import { checkPort } from '../pixel-server.ts';
import { registerCampaigns } from '../registry-files.ts';
import { isSimulated } from '../simulate/home-folder.ts';
import { EXIT, type Terminal, UsageError } from '../terminal.ts';
import { ingest } from './ingest.ts';
import { report } from './report.ts';
import { type ServeOptions, serve } from './serve.ts';
import { readScenario, runSimulation } from './simulate.ts';

export interface StartOptions extends ServeOptions {
  readonly seed: number;
  readonly scenario?: string;
}

/** The whole product on simulated traffic, in a folder of its own that is made anew each time. */
export async function start(options: StartOptions, terminal: Terminal): Promise<number> {
  const folder = join(options.home, 'demo');
  await checkPort(options.port, options.host);
  const demo = { ...options, home: folder, assets: EXAMPLE_ASSETS };
  const home = homeAt(folder);
  const scenario = readScenario({ ...options, scale: 1 });
  clearDemo(folder);
  const { lines, files } = await runSimulation(folder, scenario, options.seed, terminal);
  // With --json only the address at the end is a result.
  const say = terminal.json ? terminal.warn : terminal.print;
  say(`simulated ${lines} log lines in ${files} files (seed ${options.seed})`);
  registerCampaigns(home, [
    { ...NEW_CAMPAIGN, id: TRY_CAMPAIGN, name: 'The live pixel of the local page' },
    EXAMPLE_DOCUMENT,
  ]);
  const taken = await ingest({ ...demo, args: [home.logs] }, terminal);
  if (taken !== EXIT.done) return taken;
  say('');
  await report({ ...demo, format: 'text' }, terminal);
  say('');
  return serve(demo, terminal);
}

/** Removes what an earlier start made; a folder that no simulation wrote is not ours to remove. */
function clearDemo(folder: string): void {
  if (!existsSync(folder)) return;
  if (!isSimulated(homeAt(folder))) {
    throw new UsageError(
      `${folder} was not written by a simulation: move it away, or name another folder with --home`,
    );
  }
  rmSync(folder, { recursive: true });
}
