import type { Campaign } from '../campaign.ts';

/** What the reader of a link cannot see: whether, and how, its loads will count. Null where all is as one would think. */
export function linkNote(
  id: string,
  campaign: Pick<Campaign, 'recording' | 'copies' | 'medium'> | undefined,
  tellsCopies: boolean,
): string | null {
  if (campaign === undefined)
    return `${id} is not in the registry: until it is, its loads count as (unregistered)`;
  if (campaign.recording === 'off') return `${id} is off: its loads are counted, never as displays`;
  if (campaign.copies === 'off' && tellsCopies)
    return `copies of ${id} are off in the registry: only its loads are counted`;
  if (!tellsCopies && campaign.medium === 'email')
    return 'nothing tells the copies of this mail apart: only its loads are counted';
  return null;
}
