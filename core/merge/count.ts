/** Counts days again: `daily` and `hourly` of the days, `copies` of the campaigns that are counted over their lives. */
import type { Warehouse } from '../warehouse.ts';
import { type Due, isKept, NOTHING_DUE } from './due.ts';
import { copiesStatements, type Life, type MergeSql } from './plan.ts';
import { fillLists } from './sql-lists.ts';

/**
 * Each statement writes what changed, and nothing when it runs again. Days whose events have expired keep their counts:
 * nothing is there any more to count again.
 */
export async function countDays(
  warehouse: Warehouse,
  sql: MergeSql,
  wanted: readonly string[],
  due: Pick<Due, 'eventsFrom'> = NOTHING_DUE,
): Promise<void> {
  const days = wanted.filter((day) => isKept(day, due));
  if (days.length === 0) return;
  await warehouse.run(fillLists(sql.count, { days }));
  await warehouse.run(fillLists(sql.hourly, { days }));
  for (const statement of copiesStatements(sql, await livesOn(warehouse, sql, days), due))
    await warehouse.run(statement);
}

/** Campaigns that were loaded on some days and whose copies are counted over their lives. */
export async function livesOn(
  warehouse: Warehouse,
  sql: Pick<MergeSql, 'lives'>,
  days: readonly string[],
): Promise<readonly Life[]> {
  const rows = await warehouse.query(fillLists(sql.lives, { days }));
  return rows.map((row) => ({
    campaign: String(row['campaign']),
    firstDay: String(row['first_day']),
    lastDay: String(row['last_day']),
  }));
}
