import { athenaExtend, athenaTable, typeProblems } from '../core/schema/tables.ts';
import type { Table } from '../core/schema.ts';
import type { Warehouse } from '../core/warehouse.ts';

export interface IcebergPlace {
  readonly database: string;
  /** Folder of all tables, s3://bucket/folder/. */
  readonly location: string;
}

/** Types of a table's columns by name, as information_schema tells them; empty where there is no table. */
type Present = ReadonlyMap<string, string>;

/**
 * Makes the tables that are missing and adds columns that a table lacks; says which tables it extended. A column of
 * another type stops it before its first statement.
 */
export async function updateTables(
  warehouse: Warehouse,
  tables: readonly Table[],
  { database, location }: IcebergPlace,
): Promise<readonly string[]> {
  const present = new Map<Table, Present>();
  for (const table of tables) present.set(table, await presentColumns(warehouse, database, table.name));
  refuseOtherTypes(present);
  const extended: string[] = [];
  for (const [table, columns] of present) {
    if (columns.size === 0) await warehouse.run(athenaTable(table, database, `${location}${table.name}/`));
    const change = columns.size === 0 ? null : athenaExtend(table, database, columns);
    if (change === null) continue;
    await warehouse.run(change);
    extended.push(table.name);
  }
  return extended;
}

function refuseOtherTypes(present: ReadonlyMap<Table, Present>): void {
  const problems = [...present].flatMap(([table, columns]) => typeProblems(table, columns));
  if (problems.length === 0) return;
  throw new Error(
    `a column of a table keeps its type: ${problems.join('; ')}: give the new column another name, nothing was changed`,
  );
}

async function presentColumns(warehouse: Warehouse, database: string, table: string): Promise<Present> {
  const rows = await warehouse.query(
    'select column_name, data_type from information_schema.columns where table_schema = ? and table_name = ?',
    [database, table],
  );
  return new Map(rows.map((row) => [String(row['column_name']), String(row['data_type'])]));
}
