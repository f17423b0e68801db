/** The words of a report: what each figure means and what it leaves out. */
import { NO_CAMPAIGN } from '../layout.ts';
import type { CampaignRow, Measure, Medium, Parts, Unit } from './report.ts';

export const READ_RECEIPT = 'A load is a trend, not a read receipt.';
export const BLOCKED_IMAGES = 'People whose mail program blocks images are in neither number.';
export const REPEATS =
  'Repeated loads come from caching, retries, forwarding, checks or second looks; they are not counted as interest.';
export const NO_TRACKING = 'This report contains no tracking pixel.';
export const NOTHING_LOADED = 'No load of a registered campaign is known for these days.';
export const LOADS_ONLY =
  'Nothing in these logs tells copies or visitors apart, so only loads are counted; the same person may have caused several.';

/** Parts of the range, surest first. */
export const PARTS: readonly { readonly part: keyof Parts; readonly words: string }[] = [
  { part: 'direct', words: 'loaded directly by a person’s device' },
  { part: 'atDisplay', words: 'fetched by a mailbox when shown (Gmail, Yahoo …)' },
  { part: 'regardless', words: 'fetched whether shown or not (Apple …)' },
  { part: 'unknown', words: 'of unknown origin' },
];
export const AUTOMATED_WORDS = 'automated loads, not counted';

const CONTEXT_NAMES: Readonly<Record<Medium, string>> = {
  email: 'Email',
  page: 'Page',
  document: 'Document',
  '': 'Not stated',
};

const CONTEXT_CAVEATS: Readonly<Record<Medium, string>> = {
  email: 'Images may be blocked, cached, or fetched by proxies and scanners. Good for trends.',
  page: 'The image loads with the page; VPNs and shared networks blur visitors.',
  document: 'Access to the document, not proof that each page was looked at.',
  '': 'The address of the image did not say where it was placed, or the client had opted out.',
};

/** "Email"; a medium that nobody knows keeps its own word. */
export const contextName = (medium: string): string => CONTEXT_NAMES[medium as Medium] ?? medium;
/** What a context can tell, and what it cannot. */
export const contextCaveat = (medium: string): string =>
  CONTEXT_CAVEATS[medium as Medium] ?? CONTEXT_CAVEATS[''];

const UNIT_WORDS: Readonly<Record<Unit, string>> = { message: 'copies', visitor: 'visitors', '': 'loads' };

/** What was counted: "copies", "copies and visitors", "loads". */
const unitWords = ({ measure, units }: Pick<CampaignRow, 'measure' | 'units'>): string =>
  measure === 'loads' ? 'loads' : units.map((unit) => UNIT_WORDS[unit]).join(' and ');

/** "email · copies". */
export const campaignNote = (row: CampaignRow): string =>
  [...row.media.filter((medium) => medium !== ''), unitWords(row)].join(' · ');

/** The campaign's id, or words for loads that name none. */
export const campaignName = (id: string): string => (id === NO_CAMPAIGN ? 'without a campaign' : id);

const KIND_NAMES: Readonly<Record<string, string>> = {
  scanner: 'Security scanners',
  preview: 'Link previews',
  crawler: 'Crawlers and AI agents',
  client: 'Scripts and HTTP clients',
  monitor: 'Monitors',
  browser: 'Prefetched by browsers',
  status: 'Requests without an answer',
  test: 'Tests by the sender',
  /** Of an opted-out load only the class is kept. */
  '': 'Opted out, sort not kept',
};

/** "Security scanners"; a kind without words of its own keeps its id. */
export const kindName = (kind: string): string => KIND_NAMES[kind] ?? kind;

const DROP_WORDS: Readonly<Record<string, string>> = {
  not_pixel: 'another path',
  bad_line: 'malformed',
  bad_time: 'impossible time',
  bad_method: 'another method',
};

/** Why lines were dropped, after their number: "41 another path". */
export const dropWords = (reason: string): string => DROP_WORDS[reason] ?? reason;

/** "displays" or "loads", as the sentence needs. */
export const measureWords = (measure: Measure | 'none'): string =>
  measure === 'loads' ? 'loads' : 'displays';
