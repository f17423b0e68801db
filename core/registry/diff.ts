import { type Campaign, REGISTRY_COLUMNS } from '../campaign.ts';

/** One field of a campaign that says something else now; empty text for nothing said. */
export interface FieldChange {
  readonly field: Exclude<keyof Campaign, 'id'>;
  readonly before: string;
  readonly after: string;
}

export interface CampaignChange {
  readonly before: Campaign;
  readonly after: Campaign;
  /** In the columns' order; never empty. */
  readonly fields: readonly FieldChange[];
}

/** What one registry says that another did not. The order of rows says nothing. */
export interface RegistryDiff {
  readonly added: readonly Campaign[];
  readonly changed: readonly CampaignChange[];
  readonly removed: readonly Campaign[];
}

/** Compares by id; lists follow the order of the file that names the campaigns. */
export function diffRegistries(before: readonly Campaign[], after: readonly Campaign[]): RegistryDiff {
  const known = new Map(before.map((campaign) => [campaign.id, campaign]));
  const named = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !known.has(id)),
    changed: after.flatMap((campaign) => changeOf(known.get(campaign.id), campaign)),
    removed: before.filter(({ id }) => !named.has(id)),
  };
}

export const isEmpty = ({ added, changed, removed }: RegistryDiff): boolean =>
  added.length + changed.length + removed.length === 0;

/** Ids that are switched off by it, new ones included. */
export const withdrawnBy = ({ added, changed }: RegistryDiff): readonly string[] => [
  ...changed
    .filter(({ before, after }) => before.recording !== 'off' && after.recording === 'off')
    .map(({ after }) => after.id),
  ...added.filter(({ recording }) => recording === 'off').map(({ id }) => id),
];

/** A field as one reads it. */
export function fieldText(campaign: Campaign, field: keyof Campaign): string {
  const value = campaign[field];
  if (value === null) return '';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

function changeOf(before: Campaign | undefined, after: Campaign): readonly CampaignChange[] {
  if (before === undefined) return [];
  const fields = REGISTRY_COLUMNS.filter((column) => column !== 'id')
    .map((field) => ({ field, before: fieldText(before, field), after: fieldText(after, field) }))
    .filter((change) => change.before !== change.after);
  return fields.length === 0 ? [] : [{ before, after, fields }];
}
