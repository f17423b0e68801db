import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { column } from '../../core/schema/column.ts';
import { duckdbTable } from '../../core/schema/tables.ts';
import { TABLES, type Table } from '../../core/schema.ts';
import { updateTables } from '../../lambda/iceberg-tables.ts';
import { warehouseOver } from '../../local/duckdb.ts';

/** Brings tables to the schema where `there` are already; DuckDB tells of them, Athena's DDL is only written down. */
async function deployed(schema: readonly Table[], there: readonly Table[]) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const table of there) await connection.run(duckdbTable(table));
  const warehouse = warehouseOver(connection, async () => instance.closeSync());
  const run: string[] = [];
  const recording = {
    run: async (sql: string) => void run.push(sql),
    query: warehouse.query.bind(warehouse),
  };
  const place = { database: 'main', location: 's3://data/tables/' };
  const extended = await updateTables(recording, schema, place).catch((error: Error) => error.message);
  await warehouse.close();
  return { run, extended };
}

const changed = (change: (table: Table) => Table['columns']): readonly Table[] =>
  TABLES.map((table) => ({ ...table, columns: change(table) }));

describe('the Iceberg tables', () => {
  it('are made where there are none', async () => {
    const { run, extended } = await deployed(TABLES, []);
    expect(extended).toEqual([]);
    expect(run.map((sql) => sql.split(' (')[0])).toEqual([
      'create table if not exists main.events',
      'create table if not exists main.daily',
      'create table if not exists main.hourly',
      'create table if not exists main.copies',
      'create table if not exists main.requests',
      'create table if not exists main.verdicts',
      'create table if not exists main.changes',
    ]);
    expect(run[0]).toContain("location 's3://data/tables/events/'");
  });

  it('are left alone where they are complete', async () => {
    expect(await deployed(TABLES, TABLES)).toEqual({ run: [], extended: [] });
  });

  it('get the columns they lack', async () => {
    const older = changed(({ columns }) => columns.filter(({ name }) => name !== 'device'));
    expect(await deployed(TABLES, older)).toEqual({
      extended: ['events', 'daily', 'verdicts'],
      run: [
        'alter table main.events add columns (device string)',
        'alter table main.daily add columns (device string)',
        'alter table main.verdicts add columns (device string)',
      ],
    });
  });

  it('keep columns that the schema lacks, as after a rollback', async () => {
    const newer = changed(({ columns }) => [...columns, column('later', 'int', '', '')]);
    expect(await deployed(TABLES, newer)).toEqual({ run: [], extended: [] });
  });

  it('are not touched where one has a column of another type', async () => {
    const other = changed(({ columns }) =>
      columns.map((one) => (one.name === 'loads' ? { ...one, type: 'text' as const } : one)),
    );
    // The table before it in the list is missing, and is not made either.
    const { run, extended } = await deployed(other, TABLES.slice(1));
    expect(extended).toBe(
      'a column of a table keeps its type: daily.loads is varchar in core/schema, got a table with bigint: ' +
        'give the new column another name, nothing was changed',
    );
    expect(run).toEqual([]);
  });
});
