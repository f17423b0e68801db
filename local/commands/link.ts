import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Campaign } from '../../core/campaign.ts';
import { LINK_FORMS, type LinkForm, linkForm } from '../../core/links/forms.ts';
import { MailMerge } from '../../core/links/mail-merge.ts';
import { copyLinks, type LinkRequest, makeLink } from '../../core/links/pixel-link.ts';
import { homeAt } from '../home.ts';
import { mergeFile } from '../mail-merge.ts';
import { readCampaigns } from '../registry-files.ts';
import { readSettings } from '../settings.ts';
import { blameInput, EXIT, type Terminal, UsageError } from '../terminal.ts';

export interface LinkOptions {
  readonly home: string;
  readonly config: string;
  readonly args: readonly string[];
  readonly base?: string;
  readonly medium?: string;
  readonly source: string;
  readonly content: string;
  readonly image?: string;
  readonly alt: string;
  readonly form?: LinkForm;
  readonly copies: string;
  readonly recipients?: string;
  readonly recipientColumn: string;
  readonly consentColumn: string;
  readonly out?: string;
}

/** Makes the address of a placement in the forms to paste, or one for each row of a mail-merge file. */
export async function link(options: LinkOptions, terminal: Terminal): Promise<number> {
  const base = await baseOf(options);
  const id = options.args[0] ?? '';
  const campaign = readCampaigns(homeAt(options.home)).find((known) => known.id === id);
  const request: LinkRequest = {
    campaign: id,
    medium: options.medium ?? campaign?.medium ?? '',
    source: options.source,
    content: options.content,
    copyTag: options.copies,
    ...(options.image !== undefined && { image: options.image }),
  };
  if (options.recipients === undefined) printForms(base, request, options, terminal);
  else
    await mergeRecipients(base, request, campaign, { ...options, recipients: options.recipients }, terminal);
  for (const note of notesOn(campaign, options)) terminal.warn(note);
  return EXIT.done;
}

/** What a reader of the link cannot see: whether, and how, its loads will count. */
function notesOn(
  campaign: Campaign | undefined,
  { args, copies, recipients }: LinkOptions,
): readonly string[] {
  const tellsCopies = copies !== '' || recipients !== undefined;
  if (campaign === undefined)
    return [`${args[0]} is not in the registry: until it is, its loads count as (unregistered)`];
  if (campaign.recording === 'off')
    return [`${campaign.id} is off: its loads are counted, never as displays`];
  if (campaign.copies === 'off' && tellsCopies)
    return [`copies of ${campaign.id} are off in the registry: only its loads are counted`];
  if (!tellsCopies && campaign.medium === 'email')
    return [
      `nothing tells the copies of this mail apart: only its loads are counted. See --copies and --recipients`,
    ];
  return [];
}

async function baseOf({ base, config }: LinkOptions): Promise<string> {
  const { domain } = await readSettings(config);
  const text = base ?? (domain === undefined ? undefined : `https://${domain.name}`);
  if (text === undefined)
    throw new UsageError(
      'nothing says where the pixel is served: add --base https://px.example.com, or a domain to the settings',
    );
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new UsageError(`--base is an origin such as https://px.example.com, got "${text}"`);
  return url.origin;
}

function printForms(
  base: string,
  request: LinkRequest,
  { form, alt }: LinkOptions,
  terminal: Terminal,
): void {
  const { url } = blameInput(() => makeLink(base, request));
  const forms = LINK_FORMS.map((name) => [name, linkForm(name, url, { alt })] as const);
  if (terminal.json) terminal.print(JSON.stringify(Object.fromEntries(forms)));
  else if (form === undefined)
    terminal.print(forms.map(([name, text]) => `${name.padEnd(10)}${text}`).join('\n'));
  else terminal.print(linkForm(form, url, { alt }));
}

async function mergeRecipients(
  base: string,
  request: LinkRequest,
  campaign: Campaign | undefined,
  options: LinkOptions & { readonly recipients: string },
  terminal: Terminal,
): Promise<void> {
  const { recipients, recipientColumn: column, consentColumn } = options;
  if (!existsSync(recipients))
    throw new UsageError(`${recipients} does not exist: name a CSV file of recipients`);
  const out = options.out ?? recipients.replace(/(\.csv)?$/i, '.links.csv');
  const map = out.replace(/(\.csv)?$/i, '.tokens.csv');
  const merge = new MailMerge({
    column,
    consentColumn: campaign?.recording === 'consented' ? consentColumn : null,
    link: blameInput(() => copyLinks(base, request)),
    random: randomBytes,
  });
  const onProgress = (rows: number): void => terminal.progress(`links: ${rows} rows`);
  const { rows, tokens } = await mergeFile({ recipients, out, map }, merge, onProgress);
  if (terminal.json) terminal.print(JSON.stringify({ rows, tokens, out, map: tokens > 0 ? map : null }));
  else
    terminal.print(
      `${rows} rows with an address each in ${out}${tokens > 0 ? mapSentence(tokens, map) : ''}`,
    );
}

const mapSentence = (tokens: number, map: string): string =>
  `\n${tokens} of them consented: whose token is whose is in ${map} and nowhere else; keep it here, upload it nowhere`;
