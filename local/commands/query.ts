import { tableLines } from '../../core/table-lines.ts';
import { runQuery } from '../duckdb.ts';
import { homeAt } from '../home.ts';
import { EXIT, type Terminal } from '../terminal.ts';

export interface QueryOptions {
  readonly args: readonly string[];
  readonly home: string;
}

/** Prints the rows as a table of aligned columns, or as one JSON object a line. */
export async function query(options: QueryOptions, terminal: Terminal): Promise<number> {
  const { columns, rows } = await runQuery(homeAt(options.home), options.args[0] ?? '');
  if (terminal.json) {
    for (const row of rows)
      terminal.print(JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? `${value}` : value)));
    return EXIT.done;
  }
  const cells = [columns, ...rows.map((row) => columns.map((name) => printed(row[name])))];
  for (const line of tableLines(cells)) terminal.print(line);
  terminal.warn(rows.length === 1 ? '1 row' : `${rows.length} rows`);
  return EXIT.done;
}

const printed = (value: unknown): string => (value === null || value === undefined ? '-' : String(value));
