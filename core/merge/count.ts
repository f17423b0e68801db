/** Counts days again: `daily` of the days, `copies` of the campaigns that are counted over their lives. */
import type { Warehouse } from '../warehouse.ts';
import { copiesStatements, type Life, type MergeSql } from './plan.ts';
import { fillLists } from './sql-lists.ts';

/** Campaigns with copies over their lives on these days. */
export async function livesOn(
  warehouse: Warehouse,
  sql: MergeSql,
  days: readonly string[],
): Promise<readonly Life[]> {
  const rows = await warehouse.query(fillLists(sql.lives, { days }));
  return rows.map((row) => ({
    campaign: String(row['campaign']),
    firstDay: String(row['first_day']),
    lastDay: String(row['last_day']),
  }));
}

/** Both statements write what changed, and nothing when they run again. */
export async function countDays(
  warehouse: Warehouse,
  sql: MergeSql,
  days: readonly string[],
  lives: readonly Life[],
): Promise<void> {
  await warehouse.run(fillLists(sql.count, { days }));
  for (const statement of copiesStatements(sql, lives)) await warehouse.run(statement);
}
