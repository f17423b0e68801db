import { MAIL_AGENTS } from './agents.ts';
import { CAUSES, GMAIL_REFERER, NO_HEADERS, optsOut } from './causes.ts';
import type { ClientId } from './clients.ts';
import type { Cause, Headers, Link } from './load-plan.ts';
import { GOOGLE_PROXY, originIn } from './networks.ts';
import type { Stage } from './people.ts';
import { type Random, weighted } from './random.ts';
import type { Reader } from './readers.ts';
import type { EmailCampaign } from './scenario-campaign.ts';
import { BEARING, type Tally } from './truth.ts';

const HOUR = 3_600_000;
/** Apple's fetch: Mail must be running, with power and network; a few devices never come to it by themselves. */
const APPLE_FETCH = { medianHours: 0.7, spread: 1.8, never: 0.03 };
/** Share of Gmail's prefetched images that also serve the display; the other displays load once more. */
const PREFETCH_SERVES = 0.5;

const prefetchAgent = weighted(MAIL_AGENTS.gmailPrefetch);

/** One copy in front of one person. */
export interface Reading {
  readonly campaign: EmailCampaign;
  readonly stage: Stage;
  readonly random: Random;
  readonly tally: Tally;
  readonly link: Link;
  readonly copy: number;
  /** Proxy that loaded this copy for someone else before. */
  readonly kept?: ClientId | null;
}

export type Outcome = 'displayed' | 'opted out' | 'not displayed';

/** Plans the loads that a copy makes at one reader, who looks at these times. */
export function planReading(
  reading: Reading,
  reader: Reader,
  arrivedMs: number,
  looks: readonly number[],
): Outcome {
  const { fetch } = reader.client;
  if (reader.blocked || fetch === 'never') return 'not displayed';
  if (fetch === 'direct') readDirectly(reading, reader, looks);
  else if (fetch === 'regardless') readThroughApple(reading, reader, arrivedMs, looks);
  else readThroughMailbox(reading, reader, arrivedMs, looks);
  if (looks.length === 0) return 'not displayed';
  return optsOut(reader.headers) ? 'opted out' : 'displayed';
}

/** Each look loads the image again: it must not be stored. */
function readDirectly(reading: Reading, reader: Reader, looks: readonly number[]): void {
  for (const atMs of looks) {
    load(reading, reader, atMs);
    if (optsOut(reader.headers)) continue;
    reading.tally.mark(reading.copy, atMs, reader.agent === null ? BEARING.hidden : BEARING.shown);
  }
}

/** One load per copy, soon after delivery or else at the first look; it shows nothing of the looks. */
function readThroughApple(
  reading: Reading,
  reader: Reader,
  arrivedMs: number,
  looks: readonly number[],
): void {
  const { random, tally, copy } = reading;
  const delay = random.around(APPLE_FETCH.medianHours, APPLE_FETCH.spread) * HOUR;
  const fetchMs = random.chance(APPLE_FETCH.never) ? Number.POSITIVE_INFINITY : arrivedMs + delay;
  const atMs = Math.min(fetchMs, looks[0] ?? Number.POSITIVE_INFINITY);
  load(reading, reader, atMs);
  tally.mark(copy, atMs, looks.length > 0 ? BEARING.hidden : BEARING.open);
}

/** One load per copy, at the first look, unless the mailbox has the image already. */
function readThroughMailbox(
  reading: Reading,
  reader: Reader,
  arrivedMs: number,
  looks: readonly number[],
): void {
  const { campaign, random, tally, copy } = reading;
  const prefetched = reader.id === 'gmail' && random.chance(campaign.gmailPrefetched);
  const served = prefetched && looks.length > 0 && random.chance(PREFETCH_SERVES);
  if (prefetched) {
    const atMs = arrivedMs + (15 + random.next() * 25) * 1000;
    const sender = {
      ...reader,
      agent: prefetchAgent(random),
      origin: originIn(GOOGLE_PROXY(random), random),
    };
    load(reading, { ...sender, cause: CAUSES.mailboxPrefetch, headers: GMAIL_REFERER }, atMs);
    tally.mark(copy, atMs, served ? BEARING.hidden : BEARING.open);
  }
  const [atMs] = looks;
  if (atMs === undefined || served || isKept(reading, reader)) return;
  load(reading, { ...reader, headers: NO_HEADERS }, atMs);
  tally.mark(copy, atMs, BEARING.shown);
}

/** Without a nonce all copies have one URL, and a proxy may serve one reader from another's load. */
function isKept({ kept, campaign, link, random }: Reading, reader: Reader): boolean {
  return kept === reader.id || (!link.nonce && random.chance(campaign.sharedCache));
}

function load(
  { stage, link, copy }: Reading,
  {
    agent,
    origin,
    cause,
    headers,
  }: { agent: string | null; origin: Reader['origin']; cause: Cause; headers: Headers },
  atMs: number,
): void {
  stage.plan.add({ atMs, link, copy, agent, origin, cause, headers });
}
