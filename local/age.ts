import { type Aged, ageTables, sealImports } from '../core/merge/aging.ts';
import type { Due } from '../core/merge/due.ts';
import type { Warehouse } from '../core/warehouse.ts';
import { compactDatabase } from './compact-database.ts';
import { openWarehouse } from './duckdb.ts';
import type { Home } from './home.ts';
import { mergeSql } from './sql-texts.ts';
import { withWarehouse } from './with-warehouse.ts';

/** Brings the tables of an open home to their age; `closing` ends an import, whose hashes go whatever their day is. */
export async function ageWithin(warehouse: Warehouse, due: Due, closing = false): Promise<Aged> {
  const sql = mergeSql();
  const aged = await ageTables(warehouse, sql, due);
  const imported = closing ? await sealImports(warehouse, sql) : [];
  return { ...aged, sealed: [...new Set([...aged.sealed, ...imported])].sort() };
}

/** The same for a home that nobody has open, down to the bytes of its database. */
export async function ageHome(home: Home, due: Due, closing: boolean): Promise<Aged> {
  const aged = await withWarehouse(
    () => openWarehouse(home),
    (warehouse) => ageWithin(warehouse, due, closing),
  );
  if (Object.values(aged).some((changed) => changed.length > 0)) await compactDatabase(home.database);
  return aged;
}
