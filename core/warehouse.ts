/** What answers SQL: Athena, or DuckDB on a laptop. Both take the same texts. */

/** Counts arrive as numbers where JavaScript holds them exactly, else as bigint; days and timestamps as text. */
export type Value = string | number | bigint | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export interface Warehouse {
  /** Runs one select; each `?` in its `where` takes the next parameter, as text. */
  query(sql: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  /** Runs one statement whose answer nobody needs. */
  run(sql: string): Promise<void>;
}
