import type { Config } from '../core/config.ts';
import { addDays, type Period } from '../core/report-period.ts';
import type { Warehouse } from '../core/warehouse.ts';

/** The seven days that end with the last one that has loads before `today`; null where there are none. */
export async function lastSevenDays(warehouse: Warehouse, today = '9999-12-31'): Promise<Period | null> {
  const [row] = await warehouse.query('select max(dt) as until from daily where loads > 0 and dt < ?', [
    today,
  ]);
  const until = row?.['until'];
  return typeof until === 'string' ? { from: addDays(until, -6), until } : null;
}

/** The small number that holds on a day. */
export const smallNumberOn = (day: string, { thresholds }: Config): number =>
  thresholds
    .filter(({ from }) => from <= day)
    .reduce((newest, each) => (each.from < newest.from ? newest : each)).smallNumber;
