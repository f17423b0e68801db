/** Makes the address of a pixel for a marketer, and refuses what the edge would drop or what could name a person. */
import { MEDIUMS, UTM_NAME } from '../campaign.ts';
import { ASSET_PREFIX, PIXEL_PATH } from '../layout.ts';
import { linkForm } from './forms.ts';
import { personalReason } from './personal.ts';
import { MAIL_TOOLS } from './tools.ts';

export interface LinkRequest {
  readonly campaign: string;
  /** email, page or document. */
  readonly medium: string;
  readonly source: string;
  readonly content: string;
  /** What the mail tool replaces by a random value per copy, such as `{{message_id}}`; empty to tell no copies apart. */
  readonly copyTag: string;
  /**
   * Name of a file in the config's assets folder.
   * @default - the pixel
   */
  readonly image?: string;
}

/** One copy of a message. */
export interface Copy {
  /** Random, and of no use but to tell this copy from others. */
  readonly nonce: string;
  /** Of a reader who consented; only their own map tells whose it is. */
  readonly token: string | null;
}

export interface LinkProblem {
  readonly field: keyof LinkRequest;
  readonly reason: string;
}

export interface PixelLink {
  readonly url: string;
  /** The image as HTML, ready to paste. */
  readonly snippet: string;
}

/** Merge tags of the usual mail tools: word characters and their brackets. */
const TAG = /^[\w.*|{}[\]%$#:<>-]{1,64}$/;
/** Of tools that are known; some stand in a field of the contact, which the rule below would refuse. */
const TOOL_TAGS = new Set(MAIL_TOOLS.map(({ tag }) => tag));
/** What the mail tools put around their tags. */
const BRACKETS = /[*|{}[\]%$#<>]/;
/** Merge tags that stand for a person. */
const PERSONAL = /mail|name|phone|address|subscriber|contact|user|recipient/i;

/** Every reason why this link is refused; empty when it may be made. */
export function checkLink(request: LinkRequest): readonly LinkProblem[] {
  const names = (['campaign', 'source', 'content'] as const).flatMap((field) =>
    problem(field, checkName(request[field], field === 'campaign')),
  );
  const medium = MEDIUMS.some((known) => known === request.medium)
    ? null
    : `choose where it is placed: ${MEDIUMS.join(', ')}`;
  return [...names, ...problem('medium', medium), ...problem('copyTag', checkTag(request.copyTag))];
}

const problem = (field: keyof LinkRequest, reason: string | null): readonly LinkProblem[] =>
  reason === null ? [] : [{ field, reason }];

function checkName(value: string, required: boolean): string | null {
  if (value === '') return required ? 'a campaign needs a name, such as spring-sale' : null;
  const personal = personalReason(value);
  if (personal !== null) return personal;
  if (UTM_NAME.test(value)) return null;
  return `use a-z, 0-9, dot, dash and underscore, at most 64, starting with a letter or digit, nothing like an IP address, got "${value}"`;
}

function checkTag(value: string): string | null {
  if (value === '' || TOOL_TAGS.has(value)) return null;
  if (value.includes('@'))
    return 'this looks like an e-mail address: copies are told apart by a random value';
  if (PERSONAL.test(value)) {
    return `"${value}" seems to stand for a person: use a value that is random for every copy, never an address, a name or a subscriber's number`;
  }
  if (/^[\w.:-]+$/.test(value) && !BRACKETS.test(value)) {
    return `"${value}" would be the same in every copy: write the merge tag with its signs, such as {{message_id}}`;
  }
  if (TAG.test(value)) return null;
  return 'write the merge tag as your mail tool does, without spaces, such as {{message_id}}';
}

/** The address and the snippet; throws what checkLink finds. `base` is the origin that serves the pixel. */
export function makeLink(base: string, request: LinkRequest): PixelLink {
  refuse(checkLink(request));
  // Mail tools replace their tags as text, so the tag is not encoded.
  const url = addressOf(base, request, [['n', request.copyTag]]);
  return { url, snippet: linkForm('html', url, { alt: '' }) };
}

/** Makes the address of each copy of one message; throws what checkLink finds. */
export function copyLinks(base: string, request: LinkRequest): (copy: Copy) => string {
  refuse(checkLink({ ...request, copyTag: '' }));
  const common = addressOf(base, request, []);
  return ({ nonce, token }) => `${common}&n=${nonce}${token === null ? '' : `&consent=1&rid=${token}`}`;
}

function refuse(problems: readonly LinkProblem[]): void {
  if (problems.length > 0)
    throw new Error(problems.map(({ field, reason }) => `${field}: ${reason}`).join('\n'));
}

function addressOf(base: string, request: LinkRequest, more: readonly (readonly [string, string])[]): string {
  const path =
    request.image === undefined ? PIXEL_PATH : `${ASSET_PREFIX}${encodeURIComponent(request.image)}`;
  const parts = [
    ['utm_campaign', request.campaign],
    ['utm_medium', request.medium],
    ['utm_source', request.source],
    ['utm_content', request.content],
    ...more,
  ].filter(([, value]) => value !== '');
  return `${base}${path}?${parts.map((part) => part.join('=')).join('&')}`;
}
