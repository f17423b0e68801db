/** Which campaigns are still counted over their lives: late loads of the others have no place among numbered copies. */
import { addDays } from '../day.ts';
import type { Warehouse } from '../warehouse.ts';
import { type Due, LIFE_DAYS } from './due.ts';
import type { MergeSql } from './plan.ts';
import { fillLists } from './sql-lists.ts';

/** Campaigns whose loads of the sealed among these days keep the hash of their copy; none is asked for where no day is sealed. */
export async function livesOpen(
  warehouse: Warehouse,
  sql: Pick<MergeSql, 'livesOpen'>,
  days: readonly string[],
  { sealed, eventsFrom }: Due,
): Promise<readonly string[]> {
  if (!days.some((day) => day <= sealed)) return [];
  const rows = await warehouse.query(
    fillLists(sql.livesOpen, {
      days: [eventsFrom, sealed],
      sealed_day: sealed,
      life_day: addDays(sealed, -LIFE_DAYS),
    }),
  );
  return rows.map((row) => String(row['campaign']));
}
