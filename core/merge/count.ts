/** Counts days again: `daily` and `hourly` of the days, `copies` of the campaigns that are counted over their lives. */
import type { Warehouse } from '../warehouse.ts';
import { copiesStatements, type MergeSql } from './plan.ts';
import { fillLists } from './sql-lists.ts';

/** Each statement writes what changed, and nothing when it runs again. */
export async function countDays(warehouse: Warehouse, sql: MergeSql, days: readonly string[]): Promise<void> {
  await warehouse.run(fillLists(sql.count, { days }));
  await warehouse.run(fillLists(sql.hourly, { days }));
  const lives = (await warehouse.query(fillLists(sql.lives, { days }))).map((row) => ({
    campaign: String(row['campaign']),
    firstDay: String(row['first_day']),
    lastDay: String(row['last_day']),
  }));
  for (const statement of copiesStatements(sql, lives)) await warehouse.run(statement);
}
