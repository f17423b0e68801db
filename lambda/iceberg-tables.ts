import { athenaExtend, athenaTable } from '../core/schema/tables.ts';
import type { Table } from '../core/schema.ts';
import type { Warehouse } from '../core/warehouse.ts';

export interface IcebergPlace {
  readonly database: string;
  /** Folder of all tables, s3://bucket/folder/. */
  readonly location: string;
}

/** Makes the tables that are missing and adds columns that a table lacks; says which tables it extended. */
export async function updateTables(
  warehouse: Warehouse,
  tables: readonly Table[],
  { database, location }: IcebergPlace,
): Promise<readonly string[]> {
  const extended: string[] = [];
  for (const table of tables) {
    await warehouse.run(athenaTable(table, database, `${location}${table.name}/`));
    const change = athenaExtend(table, database, await presentColumns(warehouse, database, table.name));
    if (change === null) continue;
    await warehouse.run(change);
    extended.push(table.name);
  }
  return extended;
}

async function presentColumns(
  warehouse: Warehouse,
  database: string,
  table: string,
): Promise<ReadonlySet<string>> {
  const rows = await warehouse.query(
    'select column_name from information_schema.columns where table_schema = ? and table_name = ?',
    [database, table],
  );
  return new Set(rows.map((row) => String(row['column_name'])));
}
