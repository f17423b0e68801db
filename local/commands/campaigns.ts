import { readFileSync } from 'node:fs';
import { CAMPAIGNS, type CampaignsAction, type CampaignsOptions } from '../../core/registry/commands.ts';
import { homeAt } from '../home.ts';
import { HomePlace } from '../registry-place.ts';
import { readSettings } from '../settings.ts';
import type { Terminal } from '../terminal.ts';

export interface HomeCampaignsOptions extends CampaignsOptions {
  readonly home: string;
  readonly config: string;
}

/** The registry of the home folder. */
export const campaigns =
  (action: CampaignsAction) =>
  async (options: HomeCampaignsOptions, terminal: Terminal): Promise<number> => {
    const { timeZone } = await readSettings(options.config);
    const place = new HomePlace({ home: homeAt(options.home), timeZone, now: Date.now });
    return CAMPAIGNS[action](options, { place, readFile: readFileSync, now: Date.now }, terminal);
  };
