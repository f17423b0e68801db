/** Whether `daily`, `hourly` and `copies` are what a count of `events` gives, and `events` holds each load once. */
import { chunksOf } from '../merge/chunks.ts';
import { livesOn } from '../merge/count.ts';
import { copiesStatements, MERGE_LIMITS, type MergeSql } from '../merge/plan.ts';
import { fillLists } from '../merge/sql-lists.ts';
import type { Warehouse } from '../warehouse.ts';
import { type Disagreement, inOrder, ofCount, ofDoubled } from './disagreement.ts';
import { wouldWrite } from './would-write.ts';

/** Texts of sql/merge that count. */
export type CountSql = Pick<MergeSql, 'count' | 'hourly' | 'lives' | 'copies'>;

export interface CountsHost {
  readonly warehouse: Warehouse;
  readonly merge: CountSql;
  /** Text of sql/verify/doubled.sql. */
  readonly doubled: string;
}

/** Compares days that `events` holds whole, sorted. */
export async function compareCounts(
  { warehouse, merge, doubled }: CountsHost,
  days: readonly string[],
): Promise<readonly Disagreement[]> {
  const found: Disagreement[] = [];
  for (const some of chunksOf(days, MERGE_LIMITS.days)) {
    const lists = { days: some };
    found.push(...(await warehouse.query(fillLists(doubled, lists))).map(ofDoubled));
    for (const [place, text] of [
      ['daily', merge.count],
      ['hourly', merge.hourly],
    ] as const) {
      const rows = await warehouse.query(fillLists(wouldWrite(text), lists));
      found.push(...inOrder(rows.map((row) => ofCount(place, row))));
    }
  }
  return found;
}

/** Compares campaigns whose whole lives are in `events`: where older days are gone, counts know more than they could. */
export async function compareCopies(
  { warehouse, merge }: Pick<CountsHost, 'warehouse' | 'merge'>,
  days: readonly string[],
  keptFrom: string,
): Promise<readonly Disagreement[]> {
  if (days.length === 0) return [];
  const lives = await livesOn(warehouse, merge, days);
  const asked = copiesStatements({ copies: wouldWrite(merge.copies) }, lives, {
    eventsFrom: keptFrom,
  });
  const found: Disagreement[] = [];
  for (const statement of asked) {
    const rows = await warehouse.query(statement);
    found.push(...inOrder(rows.map((row) => ofCount('copies', row))));
  }
  return found;
}
