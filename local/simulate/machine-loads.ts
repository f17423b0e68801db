import { CAUSES, NO_HEADERS } from './causes.ts';
import type { Link } from './load-plan.ts';
import { MACHINES, type MachineKind } from './machines.ts';
import { originIn } from './networks.ts';
import type { Stage } from './people.ts';
import { type Random, weighted } from './random.ts';
import type { CampaignScenario } from './scenario-campaign.ts';

const KINDS: readonly (readonly [MachineKind, keyof CampaignScenario['machines']])[] = [
  ['preview', 'previews'],
  ['crawler', 'crawlers'],
  ['client', 'clients'],
  ['monitor', 'monitors'],
];

/** Draws a declared machine of a kind. */
export const MACHINE_OF = {
  preview: weighted(MACHINES.preview.map((each) => [each, each.weight] as const)),
  crawler: weighted(MACHINES.crawler.map((each) => [each, each.weight] as const)),
  client: weighted(MACHINES.client.map((each) => [each, each.weight] as const)),
  monitor: weighted(MACHINES.monitor.map((each) => [each, each.weight] as const)),
};

/** Plans the loads of declared machines; half of the previews and clients hold a copy's own link. */
export function planMachines(
  campaign: CampaignScenario,
  stage: Stage,
  size: {
    readonly people: number;
    readonly fromMs: number;
    readonly copies: number;
    readonly links: (copy: number) => Link;
  },
  random: Random,
): void {
  // A mail draws machines when it is sent, a page always.
  const haste = campaign.medium === 'email' ? 2 : 1;
  for (const [kind, name] of KINDS) {
    const loads = random.count(size.people * campaign.machines[name]);
    for (let done = 0; done < loads; done += 1) {
      const { agent, network } = MACHINE_OF[kind](random);
      const own = size.copies > 0 && (kind === 'preview' || kind === 'client') && random.chance(0.5);
      const copy = own ? random.below(size.copies) : -1;
      stage.plan.add({
        atMs: size.fromMs + random.next() ** haste * (stage.calendar.untilMs - size.fromMs),
        link: size.links(copy),
        copy,
        agent,
        origin: originIn(network, random),
        cause: CAUSES[kind],
        headers: NO_HEADERS,
      });
    }
  }
}
