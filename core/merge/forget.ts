/** Takes forgotten tokens out of `events`: those that a request names, and those that late rows bring again. */
import { FIRST_DAY, LAST_DAY } from '../day.ts';
import type { IsForgotten } from '../registry/forgotten.ts';
import type { Row, Warehouse } from '../warehouse.ts';
import { chunksOf } from './chunks.ts';
import { countDays } from './count.ts';
import type { Due } from './due.ts';
import { MERGE_LIMITS, type MergeSql } from './plan.ts';
import { fillLists } from './sql-lists.ts';

export interface Erased {
  /** Loads that had a token; they stay, without it. */
  readonly loads: number;
  /** Days of those loads, sorted. */
  readonly days: readonly string[];
}

/** Tokens of 64 characters: a list of so many is far below what a statement may be long. */
const TOKENS_PER_STATEMENT = 1_000;
const EVERY_DAY = [FIRST_DAY, LAST_DAY];

const NOTHING: Erased = { loads: 0, days: [] };

/**
 * Forgets tokens on all days kept, and counts those days again. `onFound` is told before the first row is written; who is
 * cut off after that hands it back as `begun`, since the days to count again cannot be found by their tokens any more.
 */
export async function forgetTokens(
  warehouse: Warehouse,
  sql: MergeSql,
  tokens: readonly string[],
  due: Due,
  begun: Erased = NOTHING,
  onFound: (erased: Erased) => Promise<void> = async () => {},
): Promise<Erased> {
  const erased = together(
    begun,
    await warehouse.query(fillLists(sql.tokenDays, { tokens, days: EVERY_DAY })),
  );
  await onFound(erased);
  for (const some of chunksOf(erased.days, MERGE_LIMITS.days)) {
    await warehouse.run(fillLists(sql.forget, { tokens, days: some }));
    await countDays(warehouse, sql, some, due);
  }
  return erased;
}

/** What is found the second time was among what was found the first time. */
function together(begun: Erased, found: readonly Row[]): Erased {
  const loads = found.reduce((sum, row) => sum + Number(row['loads']), 0);
  const days = new Set([...begun.days, ...found.map((row) => String(row['dt']))]);
  return { loads: Math.max(begun.loads, loads), days: [...days].sort() };
}

/** Forgets on days that a merge brought rows to: one may have been read before its token was forgotten. */
export async function forgetOn(
  warehouse: Warehouse,
  sql: MergeSql,
  days: readonly string[],
  isForgotten: IsForgotten | null,
): Promise<void> {
  if (isForgotten === null) return;
  const rows = await warehouse.query(fillLists(sql.tokens, { days }));
  const tokens = rows.map((row) => String(row['recipient'])).filter(isForgotten);
  for (const some of chunksOf(tokens, TOKENS_PER_STATEMENT))
    await warehouse.run(fillLists(sql.forget, { tokens: some, days }));
}
