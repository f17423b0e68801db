import type { DictionaryColumn } from '../batch.ts';
import type { Campaign } from '../campaign.ts';
import { encodeParquet } from '../parquet/encode.ts';
import { CAMPAIGN_COLUMNS } from '../schema.ts';
import type { Value } from '../warehouse.ts';

type TableRow = Readonly<Record<(typeof CAMPAIGN_COLUMNS)[number]['name'], Value>>;

/** A campaign as a row of the table: instants as milliseconds, no report addresses. */
export const tableRow = (campaign: Campaign): TableRow => ({
  campaign: campaign.id,
  name: campaign.name,
  owner: campaign.owner,
  medium: campaign.medium,
  sent_from_ms: instant(campaign.sent_from),
  sent_until_ms: instant(campaign.sent_until),
  audience: campaign.audience,
  recording: campaign.recording,
  copies: campaign.copies,
  ends: campaign.ends,
});

/** The registry as the one Parquet file of the table `campaigns`. */
export function encodeCampaigns(campaigns: readonly Campaign[]): Buffer {
  const rows = campaigns.map(tableRow);
  const columns = CAMPAIGN_COLUMNS.map(
    ({ name, type }) =>
      [
        name,
        columnOf(
          rows.map((row) => row[name] ?? null),
          type === 'bigint',
        ),
      ] as const,
  );
  return encodeParquet({ rows: rows.length, columns: new Map(columns) }, CAMPAIGN_COLUMNS);
}

function columnOf(cells: readonly Value[], isBigint: boolean): DictionaryColumn {
  const distinct = [...new Set(cells.filter(isPresent))];
  const places = new Map<Value, number>(distinct.map((value, place) => [value, place]));
  const ids = Int32Array.from(cells, (cell) => places.get(cell) ?? -1);
  const values = isBigint ? BigInt64Array.from(distinct, (value) => BigInt(value)) : distinct.map(String);
  return { form: 'dictionary', values, ids };
}

const isPresent = (value: Value): value is NonNullable<Value> => value !== null;

const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text));
