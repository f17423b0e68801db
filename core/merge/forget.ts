/** Takes forgotten tokens out of `events`: those that a request names, and those that late rows bring again. */
import type { IsForgotten } from '../registry/forgotten.ts';
import type { Warehouse } from '../warehouse.ts';
import { chunksOf } from './chunks.ts';
import { countDays, livesOn } from './count.ts';
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
const EVERY_DAY = ['0001-01-01', '9999-12-31'];

/** Forgets tokens on all days kept, and counts those days again. */
export async function forgetTokens(
  warehouse: Warehouse,
  sql: MergeSql,
  tokens: readonly string[],
  beforeWrite: (days: readonly string[]) => Promise<void> = async () => {},
): Promise<Erased> {
  const found = await warehouse.query(fillLists(sql.tokenDays, { tokens, days: EVERY_DAY }));
  const days = found.map((row) => String(row['dt']));
  await beforeWrite(days);
  for (const some of chunksOf(days, MERGE_LIMITS.days)) {
    // Before: a campaign whose only copies are forgotten has none afterwards, and is counted down.
    const lives = await livesOn(warehouse, sql, some);
    await warehouse.run(fillLists(sql.forget, { tokens, days: some }));
    await countDays(warehouse, sql, some, lives);
  }
  return { loads: found.reduce((sum, row) => sum + Number(row['loads']), 0), days };
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
