import type { Link } from './load-plan.ts';
import { scatter } from './random.ts';
import type { CampaignScenario } from './scenario-campaign.ts';

/** Gives each copy (or visitor) of a campaign its link: the same for all but content, consent, nonce and token. */
export function createLinks(campaign: CampaignScenario, seed: number): (copy: number) => Link {
  const known = new Map<string, Link>();
  const consent = campaign.medium === 'email' && campaign.recording === 'consented' ? campaign.consent : 0;
  return (copy) => {
    const token = copy >= 0 && drawn(seed + 1, copy) < consent;
    const content = contentOf(campaign, seed, copy);
    const key = `${content}/${token}`;
    const link = known.get(key) ?? linkTo(campaign, seed, content, token);
    known.set(key, link);
    return link;
  };
}

/** Raw query string of one copy: its nonce and, with consent, its token are derived from its number. */
export function queryOf(link: Link, copy: number): string {
  if (copy < 0) return link.query;
  const nonce = link.nonce ? `&n=${secretOf(link.seed, copy)}` : '';
  const token = link.token ? `&rid=r${secretOf(link.seed + 7, copy)}&consent=1` : '';
  return link.query + nonce + token;
}

/** Twelve or more characters that tell copies apart. */
function secretOf(seed: number, copy: number): string {
  const high = scatter(copy + Math.imul(seed, 31));
  const low = scatter(high ^ seed);
  return high.toString(36).padStart(7, '0') + low.toString(36).padStart(7, '0');
}

function contentOf(campaign: CampaignScenario, seed: number, copy: number): string {
  if (copy >= 0 && drawn(seed + 2, copy) < campaign.brokenLinks) return '*%7CCONTENT%7C*';
  return campaign.contents[Math.max(copy, 0) % Math.max(campaign.contents.length, 1)] ?? '';
}

function linkTo(campaign: CampaignScenario, seed: number, content: string, token: boolean): Link {
  const parameters = [`utm_campaign=${campaign.id}`, `utm_medium=${campaign.medium}`];
  if (campaign.source !== undefined) parameters.push(`utm_source=${campaign.source}`);
  if (content !== '') parameters.push(`utm_content=${content}`);
  return {
    path: campaign.path,
    query: parameters.join('&'),
    seed,
    nonce: campaign.medium === 'email' && campaign.nonce,
    token,
  };
}

/** At least 0, below 1; the same for the same copy each time. */
const drawn = (seed: number, copy: number) => scatter(scatter(seed) ^ copy) / 2 ** 32;
