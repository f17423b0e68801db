import { addDays, LAST_DAY } from '../core/day.ts';
import type { Period } from '../core/report/period.ts';
import type { Warehouse } from '../core/warehouse.ts';

/** The seven days up to the last one with loads that is over, else with loads at all; null where there are none. */
export async function lastSevenDays(warehouse: Warehouse, today: string): Promise<Period | null> {
  const until = (await lastDayBefore(warehouse, today)) ?? (await lastDayBefore(warehouse, LAST_DAY));
  return until === null ? null : { from: addDays(until, -6), until };
}

async function lastDayBefore(warehouse: Warehouse, day: string): Promise<string | null> {
  const [row] = await warehouse.query('select max(dt) as dt from daily where loads > 0 and dt < ?', [day]);
  const last = row?.['dt'];
  return typeof last === 'string' ? last : null;
}
