import type { Campaign } from '../campaign.ts';
import type { CampaignChange, RegistryDiff } from './diff.ts';

/**
 * What a changed registry may not do, one sentence each. Once sending began, loads are counted under what the file said
 * then: a row stays, and what its counts rest on stays in it. A campaign without sent_from may be on its way.
 *
 * `now` in milliseconds since 1970 UTC.
 */
export function breaksOfHistory({ changed, removed }: RegistryDiff, now: number): readonly string[] {
  return [
    ...changed.filter(({ before }) => isSent(before, now)).flatMap((change) => breaksOf(change, now)),
    ...removed.filter((campaign) => isSent(campaign, now)).map(removalOf),
  ];
}

/** Whether mails may be out. */
export const isSent = ({ sent_from }: Campaign, now: number): boolean =>
  sent_from === null || Date.parse(sent_from) <= now;

/** A day is over everywhere twelve hours after it is over in UTC. */
const isOver = (day: string, now: number): boolean => Date.parse(`${day}T23:59:59.999-12:00`) < now;

function breaksOf({ before, after, fields }: CampaignChange, now: number): readonly string[] {
  // What is said for the first time contradicts nothing.
  const was = (field: string): boolean =>
    fields.some((change) => change.field === field && change.before !== '');
  const moved = fields.some(({ field }) => field === 'sent_from');
  const rules: readonly (readonly [field: keyof Campaign, broken: boolean, rule: string])[] = [
    ['medium', was('medium'), REUSED],
    ['name', was('name') && moved, `sent_from is another, too: ${REUSED}`],
    ['copies', was('copies'), `copies were told apart that way since sending began; ${KEEP}`],
    ['sent_from', was('sent_from'), `sending began; ${KEEP}`],
    ['sent_until', was('sent_until'), `sending began; ${KEEP}`],
    ['ends', was('ends') && isOver(before.ends ?? '', now), `it has ended; ${KEEP}`],
  ];
  return rules
    .filter(([, broken]) => broken)
    .map(
      ([field, , rule]) =>
        `${after.id}, ${field}: ${rule}; it was ${before[field]}, got ${after[field] ?? 'nothing'}`,
    );
}

const REUSED = 'an id names one campaign for good; choose a new one';
const KEEP = 'keep it, or choose a new id';

function removalOf({ id, recording, sent_from }: Campaign): string {
  const rule =
    recording === 'off'
      ? 'mails already sent must stay withdrawn'
      : 'mails may be out, and reports of past weeks ask for it';
  const begun = sent_from === null ? '; if nothing was sent, give it a sent_from that is to come first' : '';
  return `${id}: its row is missing: ${rule}; keep it${recording === 'off' ? '' : ', and say when it ends'}${begun}`;
}
