import { plain } from '../../core/report/text-layout.ts';
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
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  for (const line of cells) {
    terminal.print(
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  terminal.warn(rows.length === 1 ? '1 row' : `${rows.length} rows`);
  return EXIT.done;
}

/** Texts come from logs, so what would steer the terminal is not printed. */
const printed = (value: unknown): string =>
  value === null || value === undefined ? '-' : plain(String(value));
