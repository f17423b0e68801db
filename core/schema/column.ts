/** What a column is, in every engine and file. */

/** `text` is UTF-8, `bigint` signed 64 bits, `int` signed 32 bits. */
export type ColumnType = 'text' | 'bigint' | 'int' | 'boolean';

export interface Column {
  /** snake_case, the same in every engine. */
  readonly name: string;
  readonly type: ColumnType;
  /** Whether a row may be without it (null). */
  readonly optional: boolean;
  readonly meaning: string;
  readonly example: string;
}

/** A column that may be null. */
export const column = (name: string, type: ColumnType, meaning: string, example: string): Column => ({
  name,
  type,
  optional: true,
  meaning,
  example,
});
/** A column that is never null. */
export const required = (name: string, type: ColumnType, meaning: string, example: string): Column => ({
  ...column(name, type, meaning, example),
  optional: false,
});
