import { whenAwake } from './calendar.ts';
import type { Stage } from './people.ts';
import type { Random } from './random.ts';
import type { Reader } from './readers.ts';
import type { EmailCampaign } from './scenario-campaign.ts';

const HOUR = 3_600_000;
const MEETING_MS = 120_000;
/** Nobody looks at a message more often. */
const MOST_LOOKS = 20;

/** Times at which a recipient looks, in order; none for one who does not before the simulation ends. */
export function looksOf(
  campaign: EmailCampaign,
  stage: Stage,
  reader: Reader,
  sentMs: number,
  random: Random,
): readonly number[] {
  const apple = reader.client.fetch === 'regardless' ? campaign.looksOfAppleProxy : undefined;
  if (!random.chance(apple ?? campaign.looks)) return [];
  const looks = [meetingOf(reader, sentMs, random) ?? nextLook(campaign, stage, sentMs, random)];
  while (looks.length < MOST_LOOKS && random.chance(campaign.looksAgain)) {
    looks.push(nextLook(campaign, stage, looks[looks.length - 1] ?? sentMs, random));
  }
  return looks.filter((ms) => ms < stage.calendar.untilMs);
}

/** When someone looks who got a copy, or looked at it last, at `ms`. */
export function nextLook(campaign: EmailCampaign, stage: Stage, ms: number, random: Random): number {
  const { medianHours, spread } = campaign.delay;
  return whenAwake(stage.calendar, random, () => ms + random.around(medianHours, spread) * HOUR);
}

/** The moment at which the whole office looks, where it has one and the copy has come by then. */
function meetingOf({ office }: Reader, sentMs: number, random: Random): number | null {
  const together = office?.togetherMs ?? null;
  return together !== null && together > sentMs ? together + random.next() * MEETING_MS : null;
}
