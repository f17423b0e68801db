import type { EVENT_COLUMNS } from './schema.ts';

/** Names of the columns of an event row. */
export type EventColumnName = (typeof EVENT_COLUMNS)[number]['name'];

/** Distinct values and, for each row, the number of its value; -1 is null. */
export interface DictionaryColumn {
  readonly form: 'dictionary';
  readonly values: readonly string[] | BigInt64Array | Int32Array;
  readonly ids: Int32Array;
}

/** One value for each row: two little-endian words for a bigint, a number for an int, 0 or 1 for a boolean. */
export interface PlainColumn {
  readonly form: 'plain';
  readonly values: BigInt64Array | Int32Array | Uint8Array;
  /** 0 where a row is null; without it every row has a value. */
  readonly present: Uint8Array | null;
}

export type BatchColumn = DictionaryColumn | PlainColumn;

/** The unit between parsing and Parquet: columns, no objects. */
export interface Batch {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, BatchColumn>;
}
