import type { Campaign } from '../campaign.ts';
import { plain } from '../report/text-layout.ts';
import { tableLines } from '../table-lines.ts';
import { type CampaignChange, isEmpty, type RegistryDiff, withdrawnBy } from './diff.ts';

/** A difference for people: what comes, what changes, what goes, and how many of each. */
export function diffLines(diff: RegistryDiff): readonly string[] {
  if (isEmpty(diff)) return ['no campaign changes'];
  const { added, changed, removed } = diff;
  return [
    ...tableLines(added.map((campaign) => [`+ ${campaign.id}`, ...newFields(campaign)])),
    ...changed.flatMap(changeLines),
    ...removed.map(({ id }) => `- ${id}`),
    `${added.length} new, ${changed.length} changed, ${removed.length} removed`,
  ];
}

/** A difference for programs. */
export const diffRecord = (diff: RegistryDiff) => ({
  added: diff.added.map(({ id }) => id),
  changed: diff.changed.map(({ after, fields }) => ({ id: after.id, fields })),
  removed: diff.removed.map(({ id }) => id),
  withdrawn: withdrawnBy(diff),
});

const newFields = ({ medium, recording, copies, name }: Campaign): readonly string[] => [
  medium ?? '-',
  recording,
  `copies ${copies}`,
  name,
];

function changeLines({ before, after, fields }: CampaignChange): readonly string[] {
  const lines = fields.map(
    (change) => `    ${change.field}: ${plain(change.before) || '-'} → ${plain(change.after) || '-'}`,
  );
  return [`~ ${after.id}`, ...lines, ...switchNote(before, after)];
}

function switchNote(before: Campaign, after: Campaign): readonly string[] {
  if (before.recording === after.recording) return [];
  if (after.recording === 'off')
    return ['    withdrawn: of its loads only campaign and day are kept, mails already sent included'];
  if (before.recording === 'off')
    return ['    on again: loads of mails already sent are recorded again; a key of its own stays deleted'];
  return [];
}
