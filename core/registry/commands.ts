import type { Campaign } from '../campaign.ts';
import { counted } from '../report/format.ts';
import { blameInput, EXIT, type Terminal, UsageError } from '../terminal.ts';
import { changeRegistry, tellChange, type Wanted } from './change.ts';
import { type RegistryFormat, readRegistry } from './file.ts';
import { tellCampaign, tellCampaigns } from './listing.ts';
import type { PlacedRegistry, RegistryPlace } from './place.ts';

export interface CampaignsOptions {
  /** A file for check, diff and push; ids for show and withdraw. */
  readonly args: readonly string[];
  readonly yes?: boolean;
}

export interface CampaignsHost {
  readonly place: RegistryPlace;
  readonly readFile: (path: string) => Uint8Array;
  readonly now: () => number;
}

type CampaignsCommand = (
  options: CampaignsOptions,
  host: CampaignsHost,
  terminal: Terminal,
) => Promise<number>;

/** `clearpixel campaigns ...`, wherever the registry lies; each answers its exit code. */
export const CAMPAIGNS = {
  check: async ({ args }, host, terminal) => {
    const { campaigns } = readWanted(host, args[0] ?? '');
    if (terminal.json) terminal.print(JSON.stringify({ campaigns: campaigns.length }));
    else terminal.print(`${args[0]} keeps every rule: ${counted(campaigns.length, 'campaign')}`);
    return EXIT.done;
  },
  diff: async ({ args }, host, terminal) => {
    const { campaigns } = readWanted(host, args[0] ?? '');
    tellChange(await campaignsIn(host), campaigns, host.now(), terminal);
    return EXIT.done;
  },
  push: async ({ args, yes }, host, terminal) => {
    const wanted = readWanted(host, args[0] ?? '');
    const asks = host.place.asks && yes !== true;
    return changeRegistry(host.place, await presentIn(host), wanted, { now: host.now(), asks }, terminal);
  },
  list: async (_options, host, terminal) => {
    tellCampaigns(await presentIn(host), await host.place.carried(), terminal);
    return EXIT.done;
  },
  show: async ({ args }, host, terminal) => {
    const present = await presentIn(host);
    const campaign = registered(present?.campaigns ?? [], args, host)[0];
    if (campaign !== undefined) tellCampaign(campaign, host.now(), terminal);
    return EXIT.done;
  },
  // A withdrawal asks nothing: its ids say what is meant, and it must not wait.
  withdraw: async ({ args }, host, terminal) => {
    const present = await presentIn(host);
    const before = present?.campaigns ?? [];
    const ids = new Set(registered(before, args, host).map(({ id }) => id));
    const campaigns = before.map(
      (campaign): Campaign => (ids.has(campaign.id) ? { ...campaign, recording: 'off' } : campaign),
    );
    const options = { now: host.now(), asks: false };
    return changeRegistry(host.place, present, { campaigns, file: null }, options, terminal);
  },
} as const satisfies Record<string, CampaignsCommand>;

export type CampaignsAction = keyof typeof CAMPAIGNS;

function readWanted(
  { readFile }: CampaignsHost,
  path: string,
): Wanted & { readonly campaigns: readonly Campaign[] } {
  const format = /\.(csv|json)$/i.exec(path)?.[1]?.toLowerCase() as RegistryFormat | undefined;
  if (format === undefined) throw new UsageError(`campaigns are a .csv or .json file, got ${path}`);
  const bytes = readFile(path);
  const campaigns = blameInput(() => readRegistry(bytes, format, path));
  return { campaigns, file: { text: Buffer.from(bytes).toString('utf8'), format } };
}

async function presentIn({ place }: CampaignsHost): Promise<PlacedRegistry | null> {
  return place.read().catch((error: Error) => {
    throw new UsageError(
      `${place.name} has no registry that can be read: mend it there first. ${error.message}`,
      {
        cause: error,
      },
    );
  });
}

const campaignsIn = async (host: CampaignsHost): Promise<readonly Campaign[]> =>
  (await presentIn(host))?.campaigns ?? [];

/** The campaigns of these ids; an id that nobody registered is a typing error, not a wish. */
function registered(
  campaigns: readonly Campaign[],
  ids: readonly string[],
  { place }: CampaignsHost,
): readonly Campaign[] {
  const known = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new UsageError(
      `${place.name} has no campaign ${unknown.join(', ')}: clearpixel campaigns list names those it has`,
    );
  return ids.flatMap((id) => known.get(id) ?? []);
}
