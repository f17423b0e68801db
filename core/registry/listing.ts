import { type Campaign, REGISTRY_COLUMNS } from '../campaign.ts';
import { counted } from '../report/format.ts';
import { plain } from '../report/text-layout.ts';
import { tableLines } from '../table-lines.ts';
import type { Terminal } from '../terminal.ts';
import type { Carried } from './carried.ts';
import { fieldText } from './diff.ts';
import { isSent } from './history.ts';
import type { PlacedRegistry } from './place.ts';

const LISTED = ['id', 'medium', 'recording', 'copies', 'sent_from', 'ends', 'name'] as const;

/** The registry as a table, or one JSON object a line; and whether the edge has it. */
export function tellCampaigns(
  present: PlacedRegistry | null,
  carried: Carried | null,
  terminal: Terminal,
): void {
  const campaigns = present?.campaigns ?? [];
  const cells = campaigns.map((campaign) => LISTED.map((field) => fieldText(campaign, field) || '-'));
  if (terminal.json) for (const campaign of campaigns) terminal.print(JSON.stringify(campaign));
  else for (const line of tableLines([LISTED, ...cells])) terminal.print(line);
  terminal.warn(counted(campaigns.length, 'campaign'));
  if (carried !== null) terminal.warn(carriedSentence(carried, present?.version ?? null));
}

/** All that is known of one campaign. */
export function tellCampaign(campaign: Campaign, now: number, terminal: Terminal): void {
  if (terminal.json) {
    terminal.print(JSON.stringify(campaign));
    return;
  }
  const rows = REGISTRY_COLUMNS.map((field) => [field, fieldText(campaign, field) || '-']);
  for (const line of tableLines(rows)) terminal.print(line);
  if (isSent(campaign, now))
    terminal.print('\nmails may be out: medium, copies, sent_from and sent_until stay as they are');
}

function carriedSentence({ etag, at, problem }: Carried, version: string | null): string {
  if (etag !== version)
    return `the edge does not have this file yet; it has that of ${at}. After some minutes: docs/runbook.md#registry-not-applied`;
  return problem === null
    ? `the edge has it since ${at}`
    : `the edge refused it at ${at}, and keeps what it had: ${problem.split('\n').map(plain).join('\n')}`;
}
