import { expect } from 'vitest';
import { fillLists } from '../../core/merge/sql-lists.ts';
import { wouldWrite } from '../../core/verify/would-write.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import type { CaseRow, SqlCase, SqlFile } from './cases.ts';
import { comparable } from './given.ts';

/** Runs the statement of a case whose rows are given, on whatever engine, and compares what comes of it. */
export async function checkCase(warehouse: Warehouse, file: SqlFile, one: SqlCase): Promise<void> {
  const { expect: expected } = one;
  if (!Array.isArray(expected))
    return checkTables(warehouse, file, one, expected as Record<string, readonly CaseRow[]>);
  const text = file.folder === 'views' ? `select * from ${file.name}` : fillLists(file.sql, one);
  const actual = await warehouse.query(text, one.parameters);
  // A view has no order; reports and figures do.
  expectRows(actual, expected, file.folder !== 'views');
}

/** Counts that `verify` reads as selects: after one of them there is nothing left that it would write. */
export const COUNTS: readonly string[] = ['count', 'hourly', 'copies'];

/** A MERGE must give the same tables when it is run again. */
async function checkTables(
  warehouse: Warehouse,
  file: SqlFile,
  one: SqlCase,
  expected: Readonly<Record<string, readonly CaseRow[]>>,
): Promise<void> {
  for (const _run of ['first', 'again']) {
    await warehouse.run(fillLists(file.sql, one));
    for (const [table, rows] of Object.entries(expected)) {
      expectRows(await warehouse.query(`select * from ${table}`), rows, false);
    }
  }
  if (COUNTS.includes(file.name))
    expect(await warehouse.query(fillLists(wouldWrite(file.sql), one))).toEqual([]);
}

function expectRows(actual: readonly CaseRow[], expected: readonly CaseRow[], ordered: boolean): void {
  if (ordered) {
    expect(comparable(actual, expected)).toEqual(comparable(expected, expected));
    return;
  }
  // Each expected row takes one actual row that has its values; what is left on either side is printed.
  const left = [...actual];
  const missing = expected.filter((row) => {
    const [wanted] = comparable([row], [row]);
    const index = left.findIndex((candidate) => comparable([candidate], [row])[0] === wanted);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  expect({ missing, unexpected: left.map((row) => only(row, expected)) }).toEqual({
    missing: [],
    unexpected: [],
  });
}

const only = (row: CaseRow, expected: readonly CaseRow[]): CaseRow => {
  const names = new Set(expected.flatMap((one) => Object.keys(one)));
  return names.size === 0 ? row : Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
};
