import type { BatchColumn } from '../../core/batch.ts';
import { encodeParquet } from '../../core/parquet/encode.ts';
import { CAMPAIGN_COLUMNS, type Column, EVENT_COLUMNS } from '../../core/schema.ts';
import type { Value } from '../../core/warehouse.ts';
import type { CaseRow } from '../sql/cases.ts';
import { givenRows } from '../sql/given.ts';

/** The given rows of `fresh` as the files that the ingest would have written, by their paths. */
export function freshParquet(rows: readonly CaseRow[]): ReadonlyMap<string, Uint8Array> {
  const files = Map.groupBy(givenRows('fresh', rows), (row) => String(row['$path']));
  return new Map([...files].map(([path, own]) => [path, encode(own, EVENT_COLUMNS)]));
}

/** The given registry as the file that edge-state would have written. */
export const campaignsParquet = (rows: readonly CaseRow[]): Uint8Array =>
  encode(givenRows('campaigns', rows), CAMPAIGN_COLUMNS);

function encode(rows: readonly CaseRow[], schema: readonly Column[]): Uint8Array {
  const columns = schema.map(
    (column) =>
      [
        column.name,
        columnOf(
          column,
          rows.map((row) => row[column.name] ?? null),
        ),
      ] as const,
  );
  return encodeParquet({ rows: rows.length, columns: new Map(columns) }, schema);
}

function columnOf({ type }: Column, values: readonly Value[]): BatchColumn {
  if (type === 'text') {
    const distinct = [...new Set(values.filter((value) => value !== null))].map(String);
    const ids = Int32Array.from(values, (value) => (value === null ? -1 : distinct.indexOf(String(value))));
    return { form: 'dictionary', values: distinct, ids };
  }
  const present = Uint8Array.from(values, (value) => (value === null ? 0 : 1));
  if (type === 'bigint')
    return { form: 'plain', values: BigInt64Array.from(values, (value) => BigInt(value ?? 0)), present };
  const numbers = values.map((value) => Number(value ?? 0));
  return {
    form: 'plain',
    values: type === 'int' ? Int32Array.from(numbers) : Uint8Array.from(numbers),
    present,
  };
}
