import { DROP_CODE, DROP_REASONS, type DropReason } from '../drops.ts';
import { hash64 } from '../hash.ts';
import type { Draft } from './draft.ts';

/** The lines of one day that are no loads for one reason: one row. */
export interface DropRow {
  readonly day: string;
  readonly reason: DropReason;
  readonly lines: number;
  /** A replay by a newer parser brings new drop rows, and only the newest parser's count. */
  readonly loadId: bigint;
}

/** Counts a draft's dropped lines by day and reason. */
export function countDrops(draft: Draft, parser: number): readonly DropRow[] {
  const { ids, dictionary } = draft.columns.dt;
  const counts = new Map<string, { day: string; reason: DropReason; lines: number }>();
  for (const reason of DROP_REASONS) {
    for (let line = 0; line < draft.drop.length; line++) {
      if (draft.drop[line] !== DROP_CODE[reason]) continue;
      const day = dictionary.values.list[ids[line] as number] ?? '';
      const count = counts.get(`${day}|${reason}`) ?? { day, reason, lines: 0 };
      count.lines++;
      counts.set(`${day}|${reason}`, count);
    }
  }
  return [...counts].map(([key, count]) => ({
    ...count,
    loadId: hash64(`${draft.object}|${key}|${parser}`),
  }));
}
