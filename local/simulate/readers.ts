import { CAUSES, NO_HEADERS, webmailReferer } from './causes.ts';
import { CLIENT_IDS, CLIENTS, type Client, type ClientId } from './clients.ts';
import type { Cause, Headers } from './load-plan.ts';
import { type Origin, originIn } from './networks.ts';
import { type Office, personHeaders, placeOf, type Stage } from './people.ts';
import { type Random, weighted } from './random.ts';
import type { EmailCampaign } from './scenario-campaign.ts';

/** A person in front of a mail client. */
export interface Reader {
  readonly id: ClientId;
  readonly client: Client;
  readonly agent: string | null;
  readonly cause: Cause;
  readonly origin: Origin;
  readonly headers: Headers;
  readonly office: Office | null;
  /** Whether the client shows no remote images. */
  readonly blocked: boolean;
}

/** Draws the people of an e-mail campaign. */
export function createReaders(
  campaign: EmailCampaign,
  stage: Stage,
  offices: readonly Office[],
  random: Random,
): (forwarded: boolean) => Reader {
  const draw = weighted(CLIENT_IDS.map((id) => [id, campaign.clients[id] ?? 0] as const));
  return (forwarded) => {
    const id = draw(random);
    const client = CLIENTS[id];
    const silent = random.chance(campaign.noAgent) && client.proxy === null;
    const place = placeOf(campaign, stage, offices, random);
    const referer = client.browser ? webmailReferer(random.next()) : '';
    return {
      id,
      client,
      agent: silent ? null : client.agent(random),
      cause: silent ? CAUSES.noAgent : causeOf(client, forwarded),
      origin: client.proxy === null ? place.origin : originIn(client.proxy(random), random),
      headers: client.browser ? personHeaders(campaign, referer, random) : NO_HEADERS,
      office: client.proxy === null ? place.office : null,
      blocked: random.chance(campaign.blocked),
    };
  };
}

function causeOf(client: Client, forwarded: boolean): Cause {
  if (client.fetch === 'at_display') return CAUSES.atDisplay;
  if (client.fetch === 'regardless') return CAUSES.regardless;
  if (forwarded) return CAUSES.forwarded;
  return client.browser ? CAUSES.webmail : CAUSES.mailClient;
}
