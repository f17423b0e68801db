import { createLinks } from './links.ts';
import { looksOf, nextLook } from './looks.ts';
import { planMachines } from './machine-loads.ts';
import { createOffices, type Stage } from './people.ts';
import { createRandom } from './random.ts';
import { createReaders, type Reader } from './readers.ts';
import { type Outcome, planReading, type Reading } from './reading.ts';
import { planScan } from './scanners.ts';
import type { EmailCampaign } from './scenario-campaign.ts';
import { createSending, firstSendMs, type Sent } from './sending.ts';
import { createTally, type TrueCampaign } from './truth.ts';

const HOUR = 3_600_000;

/** Plans every load of an e-mail campaign and tells what really happened. */
export function planEmail(campaign: EmailCampaign, stage: Stage): TrueCampaign {
  const random = createRandom(stage.seed, campaign.id);
  const audience = Math.max(1, Math.round(campaign.audience * stage.scale));
  const fromMs = firstSendMs(campaign, stage);
  const offices = createOffices(campaign, stage, random, { people: audience, fromMs });
  const draw = createReaders(campaign, stage, offices, random);
  const links = createLinks(campaign, random.below(2 ** 31));
  const tally = createTally(stage.calendar);
  const counts = { looked: 0, copiesDisplayed: 0, optedOut: 0, lookedElsewhere: 0 };
  const send = createSending(campaign, stage, random);
  for (let copy = 0; copy < audience; copy += 1) {
    const sent = send();
    if (random.chance(campaign.bounced)) continue;
    planCopy({ campaign, stage, random, tally, copy, link: links(copy) }, sent, draw, counts);
  }
  planMachines(campaign, stage, { people: audience, fromMs, links, copies: audience }, random);
  return {
    id: campaign.id,
    medium: 'email',
    unit: unitOf(campaign),
    audience,
    ...counts,
    displays: tally.days(),
  };
}

type Counts = Record<'looked' | 'copiesDisplayed' | 'optedOut' | 'lookedElsewhere', number>;
type Draw = (forwarded: boolean) => Reader;

/** One copy: its scanner, its recipient, and the person it may be forwarded to. */
function planCopy(reading: Reading, { sentMs, company }: Sent, draw: Draw, counts: Counts): void {
  const { campaign, stage, random } = reading;
  if (company !== null) planScan(stage.plan, campaign.scanners, company, { ...reading, sentMs }, random);
  const reader = draw(false);
  const looks = looksOf(campaign, stage, reader, sentMs, random);
  const outcomes = [planReading(reading, reader, sentMs, looks)];
  const [firstLook] = looks;
  if (firstLook !== undefined) {
    counts.looked += 1;
    if (random.chance(campaign.forwarded))
      outcomes.push(planForward(reading, reader, firstLook, draw, counts));
  }
  countOutcomes(outcomes, counts);
}

/** The same copy, shown by another person elsewhere. A proxy that has the image already loads nothing. */
function planForward(reading: Reading, by: Reader, lookMs: number, draw: Draw, counts: Counts): Outcome {
  const { campaign, stage, random } = reading;
  const sentOnMs = lookMs + random.around(1, 1) * HOUR;
  const reader = draw(true);
  const looks = [nextLook(campaign, stage, sentOnMs, random)].filter((ms) => ms < stage.calendar.untilMs);
  counts.lookedElsewhere += looks.length;
  const kept = by.client.fetch === 'at_display' ? by.id : null;
  return planReading({ ...reading, kept }, reader, sentOnMs, looks);
}

function countOutcomes(outcomes: readonly Outcome[], counts: Counts): void {
  const displayed = outcomes.filter((outcome) => outcome !== 'not displayed');
  if (displayed.length === 0) return;
  counts.copiesDisplayed += 1;
  if (displayed.every((outcome) => outcome === 'opted out')) counts.optedOut += 1;
}

/** What the report can count: copies need a nonce, and displays a campaign that is recorded. */
function unitOf({ nonce, copies, recording }: EmailCampaign): TrueCampaign['unit'] {
  const recorded = recording === 'aggregate' || recording === 'consented';
  return nonce && copies !== 'off' && recorded ? 'message' : '';
}
