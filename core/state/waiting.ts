/** Fresh files that a merge has not brought in yet, and the days that they hold. */
import { daysStatement, groupFiles, type MergeSql } from '../merge/plan.ts';
import type { FreshFiles } from '../merge/run.ts';
import type { Row, Warehouse } from '../warehouse.ts';

export interface Waiting {
  /** Paths as "$path" names them. */
  readonly files: readonly string[];
  /** One row per file and day; a file that was merged meanwhile has none. */
  readonly rows: readonly Row[];
}

export async function readWaiting(
  warehouse: Warehouse,
  sql: Pick<MergeSql, 'days'>,
  fresh: Pick<FreshFiles, 'list' | 'open'>,
): Promise<Waiting> {
  const files = await fresh.list();
  const rows: Row[] = [];
  for (const group of groupFiles(files)) {
    await fresh.open?.(group);
    rows.push(...(await warehouse.query(daysStatement(sql, group))));
  }
  return { files, rows };
}
