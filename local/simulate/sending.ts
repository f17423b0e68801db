import type { Stage } from './people.ts';
import type { Random } from './random.ts';
import { type Company, createCompany } from './scanners.ts';
import type { EmailCampaign } from './scenario-campaign.ts';

/** When a copy leaves, and whose scanner will look through it. */
export interface Sent {
  readonly sentMs: number;
  readonly company: Company | null;
}

/** Gives the sending of each copy: evenly over its window; those to one company half a second apart. */
export function createSending(campaign: EmailCampaign, stage: Stage, random: Random): () => Sent {
  const windows = windowsOf(campaign, stage);
  const moment = () => {
    const mark = random.next();
    const window = windows.find(({ until }) => mark < until) ?? windows[windows.length - 1];
    return window === undefined ? 0 : window.fromMs + random.next() * window.lengthMs;
  };
  let company: Company | null = null;
  return () => {
    if (!random.chance(campaign.scanners.share)) return { sentMs: moment(), company: null };
    if (company === null || company.left === 0) company = createCompany(campaign.scanners, moment(), random);
    const { sentMs } = company;
    company.left -= 1;
    company.sentMs += random.next() * 1000;
    return { sentMs, company };
  };
}

/** When the first copy of a campaign leaves. */
export const firstSendMs = (campaign: EmailCampaign, stage: Stage): number =>
  Math.min(...campaign.sends.map(({ day, hour }) => stage.calendar.at(day, hour)));

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
