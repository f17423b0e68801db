import { type Calendar, whenAwake } from './calendar.ts';
import { browserHeaders } from './causes.ts';
import type { Headers, LoadPlan } from './load-plan.ts';
import { type Network, neighbourOf, type Origin, originIn } from './networks.ts';
import type { Random } from './random.ts';
import type { CampaignScenario } from './scenario-campaign.ts';

/** What every campaign is simulated with. */
export interface Stage {
  readonly seed: number;
  readonly scale: number;
  readonly calendar: Calendar;
  readonly plan: LoadPlan;
  /** Draws a household's or phone's network. */
  readonly people: (random: Random) => Network;
}

/** People of one campaign behind one network. */
export interface Office {
  readonly origin: Origin;
  /** When all of them look; null for each in their own time. */
  readonly togetherMs: number | null;
}

/** The offices of a campaign, enough for its people: each is drawn about `people` times. */
export function createOffices(
  campaign: CampaignScenario,
  stage: Stage,
  random: Random,
  size: { readonly people: number; readonly fromMs: number },
): readonly Office[] {
  const { share, people, together } = campaign.offices;
  const number = share > 0 ? Math.max(1, Math.round((size.people * share) / people)) : 0;
  const moment = () => size.fromMs + random.next() * 30 * 3_600_000;
  return Array.from({ length: number }, () => ({
    origin: originIn(stage.people(random), random),
    togetherMs: random.chance(together) ? whenAwake(stage.calendar, random, moment) : null,
  }));
}

/** Where a person sits: in one of the offices, or at home or on the way. */
export function placeOf(
  campaign: CampaignScenario,
  stage: Stage,
  offices: readonly Office[],
  random: Random,
): { readonly origin: Origin; readonly office: Office | null } {
  if (offices.length === 0 || !random.chance(campaign.offices.share)) {
    return { origin: originIn(stage.people(random), random), office: null };
  }
  const office = random.item(offices);
  return { origin: neighbourOf(office.origin, random), office };
}

/** Headers of a person's browser, with the opt-out signal that the person may have set. */
export function personHeaders(campaign: CampaignScenario, referer: string, random: Random): Headers {
  const { gpc, dnt } = campaign.optOut;
  const draw = random.next();
  return browserHeaders(draw < gpc ? 'gpc' : draw < gpc + dnt ? 'dnt' : '', referer);
}
