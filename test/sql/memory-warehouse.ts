import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { settingsView } from '../../core/schema/settings.ts';
import { createView, duckdbTable } from '../../core/schema/tables.ts';
import { EVENT_COLUMNS } from '../../core/schema.ts';
import { prepareDatabase } from '../../local/database-setup.ts';
import { warehouseOver } from '../../local/duckdb.ts';
import type { OpenWarehouse } from '../../local/with-warehouse.ts';
import type { Given } from './cases.ts';
import { insertGiven } from './given.ts';

const PATH = { name: '"$path"', type: 'text', optional: false, meaning: '', example: '' } as const;

export async function memoryWarehouse(): Promise<OpenWarehouse> {
  const instance = await DuckDBInstance.create(':memory:');
  return warehouseOver(await connect(instance), async () => instance.closeSync());
}

/** DuckDB in memory with every table and view; `fresh` is a table here. */
export async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await prepareDatabase(connection, undefined);
  await connection.run(duckdbTable({ name: 'fresh', columns: [...EVENT_COLUMNS, PATH] }));
  return connection;
}

/** Gives the tables the rows of a case, runs the body, and takes everything back. */
export async function withGiven<Result>(
  warehouse: OpenWarehouse,
  { thresholds, ...tables }: Given,
  body: () => Promise<Result>,
): Promise<Result> {
  await warehouse.run('begin transaction');
  try {
    if (thresholds !== undefined) await warehouse.run(createView('settings', settingsView(thresholds)));
    for (const [table, rows] of Object.entries(tables)) {
      if (rows.length > 0) await warehouse.run(insertGiven(table, rows));
    }
    return await body();
  } finally {
    await warehouse.run('rollback');
  }
}
