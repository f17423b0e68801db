import { type Campaign, COPIES, type Copies, RECORDINGS, type Recording } from '../campaign.ts';
import { DAY_MS } from '../day.ts';
import { dayInterval, type ZoneHistory } from '../zones.ts';

/** A campaign's switches as the edge reads them; the edge looks at mode, copies, key and until. */
export interface CampaignEntry {
  readonly mode: Recording;
  readonly copies: Copies;
  /** Own key for `message`, only with copies: campaign and only while it lives. */
  readonly key?: string;
  /** When the own key was written. Once set, a second key is never made: copies would be counted twice. */
  readonly since?: number;
  /** When the campaign, and with it its key, ends. */
  readonly until?: number;
  /** Was once `off`: the entry never leaves the store, so that a withdrawal cannot be forgotten. */
  readonly was_off?: boolean;
}

const KEY_LIFE_MS = 30 * DAY_MS;
/** Like day keys, a campaign's key is written two days before it is needed. */
const KEY_LEAD_MS = 2 * DAY_MS;

interface Moment {
  readonly now: number;
  readonly zones: ZoneHistory;
  readonly newKey: () => string;
}

/** The entry of the store, or null where it is missing or broken. */
export function readCampaignEntry(value: string | undefined): CampaignEntry | null {
  if (value === undefined) return null;
  try {
    const entry: unknown = JSON.parse(value);
    return isCampaignEntry(entry) ? entry : null;
  } catch {
    return null;
  }
}

/** The entry a campaign should have; `campaign` is null where the registry no longer names it, which ends it. */
export function planCampaignEntry(
  before: CampaignEntry | null,
  campaign: Campaign | null,
  moment: Moment,
): CampaignEntry {
  const mode = campaign?.recording ?? before?.mode ?? 'aggregate';
  const copies = campaign?.copies ?? before?.copies ?? 'day';
  const own = copies === 'campaign' ? ownKey(before, campaign, mode, moment) : {};
  const until = own.until ?? endOf(before, campaign, moment);
  return {
    mode,
    copies,
    ...(own.key === undefined ? {} : { key: own.key }),
    ...(own.since === undefined ? {} : { since: own.since }),
    ...(until === undefined ? {} : { until }),
    ...(mode === 'off' || before?.was_off === true ? { was_off: true } : {}),
  };
}

function endOf(
  before: CampaignEntry | null,
  campaign: Campaign | null,
  { now, zones }: Moment,
): number | undefined {
  if (campaign === null) return Math.min(before?.until ?? now, now);
  return campaign.ends === null ? undefined : dayInterval(campaign.ends, zones).untilMs;
}

/** The campaign's own key from its first writing until it ends; gone for good after that, or once it was off. */
function ownKey(
  before: CampaignEntry | null,
  campaign: Campaign | null,
  mode: Recording,
  moment: Moment,
): Pick<CampaignEntry, 'key' | 'since' | 'until'> {
  const { now } = moment;
  const ends = endOf(before, campaign, moment) ?? Number.POSITIVE_INFINITY;
  const begins = campaign?.sent_from == null ? now : Date.parse(campaign.sent_from) - KEY_LEAD_MS;
  if (before?.since === undefined) {
    const due = mode !== 'off' && begins <= now && now < Math.min(ends, begins + KEY_LIFE_MS);
    return due ? { key: moment.newKey(), since: now, until: Math.min(ends, now + KEY_LIFE_MS) } : {};
  }
  const until = Math.min(ends, before.since + KEY_LIFE_MS);
  const lives = mode !== 'off' && now < until && before.key !== undefined;
  return { ...(lives ? { key: before.key } : {}), since: before.since, until };
}

function isCampaignEntry(value: unknown): value is CampaignEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { mode, copies } = value as Partial<Record<keyof CampaignEntry, unknown>>;
  return RECORDINGS.some((word) => word === mode) && COPIES.some((word) => word === copies);
}
