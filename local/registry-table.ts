import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { tableRow } from '../core/registry/campaign-table.ts';
import { duckdbTable } from '../core/schema/tables.ts';
import { CAMPAIGN_COLUMNS } from '../core/schema.ts';
import type { Value } from '../core/warehouse.ts';
import { once } from './database-setup.ts';
import type { Home } from './home.ts';
import { readCampaigns } from './registry-files.ts';

type TableRow = ReturnType<typeof tableRow>;

/** Makes the table `campaigns` equal to the registry file, when that says something else. */
export async function loadRegistry(connection: DuckDBConnection, home: Home): Promise<void> {
  const rows = readCampaigns(home).map(tableRow);
  await once(connection, 'registry', JSON.stringify(rows), () => replaceRows(connection, rows));
}

async function replaceRows(connection: DuckDBConnection, rows: readonly TableRow[]): Promise<void> {
  await connection.run('begin transaction');
  // Made anew, so that its columns stand in the order in which they are appended.
  await connection.run('drop table if exists campaigns');
  await connection.run(duckdbTable({ name: 'campaigns', columns: CAMPAIGN_COLUMNS }));
  const appender = await connection.createAppender('campaigns');
  for (const row of rows) {
    for (const { name } of CAMPAIGN_COLUMNS) append(appender, row[name] ?? null);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run('commit');
}

function append(appender: DuckDBAppender, value: Value): void {
  if (value === null) appender.appendNull();
  else if (typeof value === 'string') appender.appendVarchar(value);
  else appender.appendBigInt(BigInt(value));
}
