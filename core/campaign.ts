/** One campaign and its closed words: what the registry says of it, and how it may be recorded. */

/** An IPv4 address, wherever in a text it stands. */
export const DOTTED_ADDRESS = /\d\.\d+\.\d+\.\d/;

/** Alphabet of utm_campaign, utm_source and utm_content, without what looks like an IPv4 address; the edge keeps the same. */
export const UTM_NAME = new RegExp(`^(?!.*${DOTTED_ADDRESS.source})[a-z0-9][a-z0-9._-]{0,63}$`);

export const MEDIUMS = ['email', 'page', 'document'] as const;
export type Medium = (typeof MEDIUMS)[number];

/** How loads of a campaign may be recorded; `off` also withdraws mails already sent. */
export const RECORDINGS = ['aggregate', 'consented', 'off', 'test'] as const;
export type Recording = (typeof RECORDINGS)[number];

/** How long copies are told apart by their nonce: a day, the campaign's life (30 days at most), or not at all. */
export const COPIES = ['day', 'campaign', 'off'] as const;
export type Copies = (typeof COPIES)[number];

/** One campaign as the registry describes it; instants are ISO texts in UTC, `ends` is a day. */
export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly medium: Medium | null;
  readonly sent_from: string | null;
  readonly sent_until: string | null;
  /** People it was sent to. */
  readonly audience: number | null;
  readonly recording: Recording;
  readonly copies: Copies;
  /** Addresses that get its report. */
  readonly recipients: readonly string[];
  /** Last day on which it counts. */
  readonly ends: string | null;
}

/** A campaign of which only the id is known; what is not said takes its default. */
export const NEW_CAMPAIGN: Omit<Campaign, 'id'> = {
  name: '',
  owner: '',
  medium: null,
  sent_from: null,
  sent_until: null,
  audience: null,
  recording: 'aggregate',
  copies: 'day',
  recipients: [],
  ends: null,
};

export const REGISTRY_COLUMNS = [
  'id',
  'name',
  'owner',
  'medium',
  'sent_from',
  'sent_until',
  'audience',
  'recording',
  'copies',
  'recipients',
  'ends',
] as const satisfies readonly (keyof Campaign)[];
