import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Campaign } from '../../core/campaign.ts';
import { LINK_FORMS, type LinkForm, linkForm } from '../../core/links/forms.ts';
import { MailMerge } from '../../core/links/mail-merge.ts';
import { linkNote } from '../../core/links/notes.ts';
import { copyLinks, type LinkRequest, makeLink } from '../../core/links/pixel-link.ts';
import { MAIL_TOOLS, type MailTool, privacyOf } from '../../core/links/tools.ts';
import { writeAtomically } from '../atomic-file.ts';
import { homeAt } from '../home.ts';
import { linkPage } from '../link-page/link-page.ts';
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
  readonly tool?: string;
  readonly page?: string;
  readonly recipients?: string;
  readonly recipientColumn: string;
  readonly consentColumn: string;
  readonly out?: string;
}

/** Makes the address of a placement in the forms to paste, or one for each row of a mail-merge file. */
export async function link(options: LinkOptions, terminal: Terminal): Promise<number> {
  const base = await baseOf(options);
  if (options.page !== undefined) return writePage(options.page, base, options, terminal);
  const [id] = options.args;
  if (id === undefined) throw new UsageError('name a campaign, or write a page with --page');
  const tool = toolOf(options);
  const copyTag = tool?.tag ?? options.copies;
  const campaign = readCampaigns(homeAt(options.home)).find((known) => known.id === id);
  const request: LinkRequest = {
    campaign: id,
    medium: options.medium ?? campaign?.medium ?? '',
    source: options.source,
    content: options.content,
    copyTag,
    ...(options.image !== undefined && { image: options.image }),
  };
  if (options.recipients === undefined) printForms(base, request, { ...options, tool }, terminal);
  else
    await mergeRecipients(base, request, campaign, { ...options, recipients: options.recipients }, terminal);
  const note = linkNote(id, campaign, copyTag !== '' || options.recipients !== undefined);
  if (note !== null) terminal.warn(note);
  return EXIT.done;
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

function toolOf({ tool: id, copies }: LinkOptions): MailTool | undefined {
  if (id !== undefined && copies !== '')
    throw new UsageError('--tool brings the tag of its tool, and --copies another: leave one out');
  const tool = MAIL_TOOLS.find((known) => known.id === id);
  if (id !== undefined && tool === undefined)
    throw new UsageError(`--tool is one of ${MAIL_TOOLS.map((known) => known.id).join(', ')}, got "${id}"`);
  return tool;
}

/** One file for people without a command line: it asks nobody anything when it is opened. */
function writePage(file: string, base: string, { home }: LinkOptions, terminal: Terminal): number {
  const campaigns = readCampaigns(homeAt(home));
  writeAtomically(file, linkPage({ base, campaigns }));
  if (terminal.json) terminal.print(JSON.stringify({ page: file, campaigns: campaigns.length }));
  else terminal.print(`${file}: open it in a browser; it knows ${campaigns.length} campaigns as of now`);
  return EXIT.done;
}

function printForms(
  base: string,
  request: LinkRequest,
  { form, alt, tool }: Omit<LinkOptions, 'tool'> & { readonly tool: MailTool | undefined },
  terminal: Terminal,
): void {
  const { url } = blameInput(() => makeLink(base, request));
  const forms = LINK_FORMS.map((name) => [name, linkForm(name, url, { alt })] as const);
  const told = tool === undefined ? {} : { tool: { ...tool, privacy: privacyOf(tool) } };
  if (terminal.json) terminal.print(JSON.stringify({ ...Object.fromEntries(forms), ...told }));
  else if (form === undefined)
    terminal.print(forms.map(([name, text]) => `${name.padEnd(10)}${text}`).join('\n'));
  else terminal.print(linkForm(form, url, { alt }));
  if (tool === undefined) return;
  terminal.warn(`${tool.name} replaces ${tool.tag}. Its value comes from ${tool.fill}. ${privacyOf(tool)}`);
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
