/**
 * What the tables need by night: OPTIMIZE rewrites the files of days that were written to, so that deleted rows leave
 * them, and VACUUM then drops the old files. The work is a list that outlives the function which does it.
 */
import type { Table } from '../schema.ts';
import { chunksOf } from './chunks.ts';
import { fillLists } from './sql-lists.ts';

export interface UpkeepTask {
  readonly table: string;
  readonly work: 'optimize' | 'vacuum';
  /** Days to OPTIMIZE; none is the whole of the table. */
  readonly days: readonly string[];
}

export interface Upkeep {
  /** Days that a statement may have written to since the last night was planned, sorted. */
  readonly touched: readonly string[];
  /** What is left of the planned night, in its order. */
  readonly tasks: readonly UpkeepTask[];
  /** Scheduled time of the last night that was planned, milliseconds since 1970. */
  readonly night: number;
}

export const NO_UPKEEP: Upkeep = { touched: [], tasks: [], night: 0 };

/** Few enough that one OPTIMIZE ends within a call, and far below the 100 partitions that Athena writes at once. */
const DAYS_PER_OPTIMIZE = 7;

/** Notes days before they are written to, so that a crash in between forgets none. */
export function touchDays(upkeep: Upkeep, days: readonly string[]): Upkeep {
  return { ...upkeep, touched: [...new Set([...upkeep.touched, ...days])].sort() };
}

/** Plans a night that was asked for, once; what an earlier one left undone stays in front. */
export function planNight(
  upkeep: Upkeep,
  night: number,
  tables: readonly Pick<Table, 'name' | 'partition'>[],
): Upkeep {
  if (night <= upkeep.night) return upkeep;
  const left = upkeep.tasks.filter(({ work }) => work === 'optimize');
  const optimize = tables.flatMap(({ name, partition }) =>
    daysToOptimize(partition, upkeep.touched).map((days) => ({
      table: name,
      work: 'optimize' as const,
      days,
    })),
  );
  // Once each, and after all that is to be rewritten.
  const vacuum = tables.map(({ name }) => ({ table: name, work: 'vacuum' as const, days: [] }));
  return { touched: [], tasks: [...left, ...optimize, ...vacuum], night };
}

/** A table without days is small, and rewritten whole where any day was written to. */
function daysToOptimize(
  partition: Table['partition'],
  touched: readonly string[],
): readonly (readonly string[])[] {
  if (partition !== null) return chunksOf(touched, DAYS_PER_OPTIMIZE);
  return touched.length === 0 ? [] : [[]];
}

/** The night without its first task, which is done. */
export const taskDone = (upkeep: Upkeep): Upkeep => ({ ...upkeep, tasks: upkeep.tasks.slice(1) });

/**
 * The statement of a task, as Athena alone has it; throws on a name or a day of another shape.
 * @example upkeepStatement({ table: 'daily', work: 'vacuum', days: [] }) // 'vacuum daily'
 */
export function upkeepStatement({ table, work, days }: UpkeepTask): string {
  if (!/^[a-z][a-z_]*$/.test(table))
    throw new Error(`a table is named in small letters, got ${JSON.stringify(table)}`);
  if (work === 'vacuum') return `vacuum ${table}`;
  const optimize = `optimize ${table} rewrite data using bin_pack`;
  return days.length === 0 ? optimize : fillLists(`${optimize} where dt in (:days)`, { days });
}
