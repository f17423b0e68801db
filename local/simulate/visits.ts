import { BROWSERS, SAFARI } from './agents.ts';
import { whenAwake } from './calendar.ts';
import { CAUSES, optsOut, PREFETCH } from './causes.ts';
import { createLinks } from './links.ts';
import type { Cause, Headers, Link } from './load-plan.ts';
import { planMachines } from './machine-loads.ts';
import { type Origin, originIn, RELAY, VPNS } from './networks.ts';
import { createOffices, type Office, personHeaders, placeOf, type Stage } from './people.ts';
import { createRandom, type Random, weighted } from './random.ts';
import type { VisitedCampaign } from './scenario-campaign.ts';
import { BEARING, createTally, type Tally, type TrueCampaign } from './truth.ts';

const MINUTE = 60_000;
const REFERERS = ['https://www.example.com/', 'https://www.example.com/landing', ''];

const browser = weighted(BROWSERS);
const safari = weighted(SAFARI);

interface Visitor {
  readonly agent: string | null;
  readonly origin: Origin;
  readonly cause: Cause;
  readonly headers: Headers;
}

/** Plans every load of a page or a document and tells what really happened. */
export function planVisits(campaign: VisitedCampaign, stage: Stage): TrueCampaign {
  const random = createRandom(stage.seed, campaign.id);
  const links = createLinks(campaign, random.below(2 ** 31));
  const untilDay = campaign.untilDay ?? stage.calendar.days.length;
  const perDay = campaign.visitorsPerDay * stage.scale;
  const fromMs = stage.calendar.at(campaign.fromDay, 0);
  const offices = createOffices(campaign, stage, random, { people: perDay, fromMs });
  const tally = createTally(stage.calendar);
  const visit = createVisits(campaign, stage, { tally, offices, links, random });
  const counts = { looked: 0, copiesDisplayed: 0, optedOut: 0 };
  for (let day = campaign.fromDay; day <= untilDay; day += 1) {
    const visitors = random.count(perDay * (0.85 + random.next() * 0.3));
    for (let done = 0; done < visitors; done += 1) {
      counts.optedOut += visit(counts.looked, day) ? 1 : 0;
      counts.looked += 1;
    }
  }
  counts.copiesDisplayed = counts.looked;
  planMachines(campaign, stage, { people: counts.looked, fromMs, copies: 0, links }, random);
  const unit = campaign.recording === 'off' || campaign.recording === 'test' ? '' : 'visitor';
  return {
    id: campaign.id,
    medium: campaign.medium,
    unit,
    audience: null,
    ...counts,
    lookedElsewhere: 0,
    displays: tally.days(),
  };
}

interface Scene {
  readonly tally: Tally;
  readonly offices: readonly Office[];
  readonly links: (copy: number) => Link;
  readonly random: Random;
}

/** Gives a function that plans one visitor's loads of a day and says whether the visitor opted out. */
function createVisits(campaign: VisitedCampaign, stage: Stage, scene: Scene) {
  const { tally, random } = scene;
  return (copy: number, day: number): boolean => {
    const who = drawVisitor(campaign, stage, scene.offices, random);
    const opted = optsOut(who.headers);
    const link = scene.links(copy);
    const [from, until] = [stage.calendar.at(day, 0), stage.calendar.at(day + 1, 0)];
    const firstMs = whenAwake(stage.calendar, random, () => from + random.next() * (until - from));
    if (random.chance(campaign.prefetched)) {
      const ahead = { atMs: firstMs - 3000, cause: CAUSES.browserPrefetch, headers: PREFETCH };
      stage.plan.add({ ...who, link, copy, ...ahead });
    }
    for (const { atMs, origin } of loadsOf(campaign, stage, who.origin, firstMs, random)) {
      if (atMs >= until) continue;
      stage.plan.add({ ...who, origin, atMs, link, copy });
      if (!opted) tally.mark(copy, atMs, who.agent === null ? BEARING.hidden : BEARING.shown);
    }
    return opted;
  };
}

/** When and where from a visitor loads: some go on from another network after a while. */
function loadsOf(
  campaign: VisitedCampaign,
  stage: Stage,
  home: Origin,
  firstMs: number,
  random: Random,
): readonly { readonly atMs: number; readonly origin: Origin }[] {
  const extra = random.count(campaign.loadsPerVisitor - 1);
  const loads = [{ atMs: firstMs, origin: home }];
  const leaves = extra > 0 && random.chance(campaign.changedNetwork);
  const other = leaves ? originIn(stage.people(random), random) : home;
  for (let done = 0; done < extra; done += 1) {
    const before = loads[loads.length - 1]?.atMs ?? firstMs;
    loads.push({ atMs: before + random.around(12, 1.4) * MINUTE, origin: other });
  }
  return loads;
}

function drawVisitor(
  campaign: VisitedCampaign,
  stage: Stage,
  offices: readonly Office[],
  random: Random,
): Visitor {
  const headers = personHeaders(campaign, random.item(REFERERS), random);
  const way = random.next();
  if (way < campaign.vpn) {
    return { agent: browser(random), origin: originIn(VPNS(random), random), cause: CAUSES.vpn, headers };
  }
  if (way < campaign.vpn + campaign.relay) {
    return { agent: safari(random), origin: originIn(RELAY(random), random), cause: CAUSES.relay, headers };
  }
  const { origin } = placeOf(campaign, stage, offices, random);
  if (random.chance(campaign.noAgent)) return { agent: null, origin, cause: CAUSES.noAgent, headers };
  return { agent: browser(random), origin, cause: CAUSES.browser, headers };
}
