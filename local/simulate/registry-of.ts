import type { Campaign } from '../../core/campaign.ts';
import type { Calendar } from './calendar.ts';
import type { Scenario } from './scenario.ts';
import type { CampaignScenario } from './scenario-campaign.ts';

/** The campaigns of a scenario as the registry describes them. */
export function registryOf(scenario: Scenario, calendar: Calendar): readonly Campaign[] {
  return scenario.campaigns.map((campaign) => {
    const sent = sentOf(campaign, calendar);
    const email = campaign.medium === 'email';
    return {
      id: campaign.id,
      name: nameOf(campaign.id),
      owner: campaign.owner,
      medium: campaign.medium,
      sent_from: new Date(sent.fromMs).toISOString(),
      sent_until: sent.untilMs === null ? null : new Date(sent.untilMs).toISOString(),
      audience: email ? Math.max(1, Math.round(campaign.audience * scenario.scale)) : null,
      recording: campaign.recording,
      copies: email ? campaign.copies : 'day',
      recipients: [],
      ends: null,
    };
  });
}

/** A page or document has no end of sending. */
function sentOf(campaign: CampaignScenario, calendar: Calendar): { fromMs: number; untilMs: number | null } {
  if (campaign.medium !== 'email') return { fromMs: calendar.at(campaign.fromDay, 0), untilMs: null };
  const windows = campaign.sends.map(({ day, hour, minutes }) => {
    const fromMs = calendar.at(day, hour);
    return { fromMs, untilMs: fromMs + minutes * 60_000 };
  });
  return {
    fromMs: Math.min(...windows.map(({ fromMs }) => fromMs)),
    untilMs: Math.round(Math.max(...windows.map(({ untilMs }) => untilMs))),
  };
}

/** spring-sale is called Spring sale. */
const nameOf = (id: string) => id.charAt(0).toUpperCase() + id.slice(1).replaceAll(/[-_.]/g, ' ');
