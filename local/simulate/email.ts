import { whenAwake } from './calendar.ts';
import { createLinks } from './links.ts';
import { planMachines } from './machine-loads.ts';
import { createOffices, type Stage } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { createReaders, type Reader } from './readers.ts';
import { type Outcome, planReading } from './reading.ts';
import { type Company, createCompany, planScan } from './scanners.ts';
import type { EmailCampaign } from './scenario-campaign.ts';
import { createTally, type TrueCampaign } from './truth.ts';

const HOUR = 3_600_000;

/** Plans every load of an e-mail campaign and tells what really happened. */
export function planEmail(campaign: EmailCampaign, stage: Stage): TrueCampaign {
  const random = createRandom(stage.seed, campaign.id);
  const audience = Math.max(1, Math.round(campaign.audience * stage.scale));
  const fromMs = Math.min(...campaign.sends.map(({ day, hour }) => stage.calendar.at(day, hour)));
  const offices = createOffices(campaign, stage, random, { people: audience, fromMs });
  const draw = createReaders(campaign, stage, offices, random);
  const links = createLinks(campaign, random.below(2 ** 31));
  const tally = createTally(stage.calendar);
  const counts = { looked: 0, copiesDisplayed: 0, optedOut: 0, lookedElsewhere: 0 };
  const send = createSending(campaign, stage, random);
  for (let copy = 0; copy < audience; copy += 1) {
    const link = links(copy);
    const { sentMs, company } = send();
    if (random.chance(campaign.bounced)) continue;
    if (company !== null) planScan(stage.plan, campaign.scanners, company, { link, copy, sentMs }, random);
    const reading = { campaign, stage, random, tally, link, copy };
    const reader = draw(false);
    const looks = looksOf(campaign, stage, reader, sentMs, random);
    const outcomes = [planReading(reading, reader, sentMs, looks)];
    const [firstLook] = looks;
    if (firstLook !== undefined) counts.looked += 1;
    if (firstLook !== undefined && random.chance(campaign.forwarded)) {
      const sentOnMs = firstLook + random.around(1, 1) * HOUR;
      const other = draw(true);
      const shown = sentOnMs + random.around(campaign.delay.medianHours, campaign.delay.spread) * HOUR;
      const looksElsewhere = [shown].filter((ms) => ms < stage.calendar.untilMs);
      counts.lookedElsewhere += looksElsewhere.length;
      outcomes.push(planReading({ ...reading, kept: keptBy(reader) }, other, sentOnMs, looksElsewhere));
    }
    count(counts, outcomes);
  }
  planMachines(campaign, stage, { people: audience, fromMs, links, copies: audience }, random);
  const unit = campaign.nonce && campaign.copies !== 'off' && isCounted(campaign) ? 'message' : '';
  return { id: campaign.id, medium: 'email', unit, audience, ...counts, displays: tally.days() };
}

const isCounted = ({ recording }: EmailCampaign) => recording === 'aggregate' || recording === 'consented';

/** The proxy that has this copy's image already, and so loads it for no one else. */
const keptBy = (reader: Reader) => (reader.client.fetch === 'at_display' ? reader.id : null);

function count(counts: { copiesDisplayed: number; optedOut: number }, outcomes: readonly Outcome[]): void {
  const displayed = outcomes.filter((outcome) => outcome !== 'not displayed');
  if (displayed.length === 0) return;
  counts.copiesDisplayed += 1;
  if (displayed.every((outcome) => outcome === 'opted out')) counts.optedOut += 1;
}

/** When each copy leaves: evenly over its window; those to one company after one another, half a second apart. */
function createSending(campaign: EmailCampaign, stage: Stage, random: Random) {
  const windows = windowsOf(campaign, stage);
  const moment = () => {
    const mark = random.next();
    const window = windows.find(({ until }) => mark < until) ?? windows[windows.length - 1];
    return window === undefined ? 0 : window.fromMs + random.next() * window.lengthMs;
  };
  let company: Company | null = null;
  return (): { sentMs: number; company: Company | null } => {
    if (!random.chance(campaign.scanners.share)) return { sentMs: moment(), company: null };
    if (company === null || company.left === 0) company = createCompany(campaign.scanners, moment(), random);
    company.left -= 1;
    const { sentMs } = company;
    company.sentMs += random.next() * 1000;
    return { sentMs, company };
  };
}

/** Send windows with the running sum of their shares. */
function windowsOf(campaign: EmailCampaign, stage: Stage) {
  const named = campaign.sends.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const unnamed = campaign.sends.filter(({ share }) => share === undefined).length;
  let until = 0;
  return campaign.sends.map(({ day, hour, minutes, share }) => {
    until += share ?? Math.max(0, 1 - named) / unnamed;
    return { until, fromMs: stage.calendar.at(day, hour), lengthMs: minutes * 60_000 };
  });
}

/** Times at which a person looks, in order; none for one who never does before the simulation ends. */
function looksOf(
  campaign: EmailCampaign,
  stage: Stage,
  reader: Reader,
  sentMs: number,
  random: Random,
): number[] {
  const apple = reader.client.fetch === 'regardless' ? campaign.looksOfAppleProxy : undefined;
  if (!random.chance(apple ?? campaign.looks)) return [];
  const { medianHours, spread } = campaign.delay;
  const later = (ms: number) => () => ms + random.around(medianHours, spread) * HOUR;
  const together = reader.office?.togetherMs ?? null;
  const meeting = together !== null && together > sentMs ? together + random.next() * 120_000 : null;
  const looks = [meeting ?? whenAwake(stage.calendar, random, later(sentMs))];
  while (looks.length < 20 && random.chance(campaign.looksAgain)) {
    looks.push(whenAwake(stage.calendar, random, later(looks[looks.length - 1] ?? sentMs)));
  }
  return looks.filter((ms) => ms < stage.calendar.untilMs);
}
