/**
 * What the tables need by night: OPTIMIZE rewrites the files of days that were written to, so that deleted rows leave
 * them, and VACUUM then drops the old files. The work is a list that outlives the function which does it.
 */
import { fillLists } from './sql-lists.ts';

export interface UpkeepTask {
  readonly table: string;
  /** Days to OPTIMIZE; none is a VACUUM of the whole table. */
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
export function planNight(upkeep: Upkeep, night: number, tables: readonly string[]): Upkeep {
  if (night <= upkeep.night) return upkeep;
  const optimize = tables.flatMap((table) => chunks(upkeep.touched).map((days) => ({ table, days })));
  const vacuum = tables.map((table) => ({ table, days: [] }));
  return { touched: [], tasks: [...withoutVacuum(upkeep.tasks), ...optimize, ...vacuum], night };
}

/** The night without its first task, which is done. */
export const taskDone = (upkeep: Upkeep): Upkeep => ({ ...upkeep, tasks: upkeep.tasks.slice(1) });

/**
 * The statement of a task, as Athena alone has it; throws on a name or a day of another shape.
 * @example upkeepStatement({ table: 'daily', days: [] }) // 'vacuum daily'
 */
export function upkeepStatement({ table, days }: UpkeepTask): string {
  if (!/^[a-z][a-z_]*$/.test(table))
    throw new Error(`a table is named in small letters, got ${JSON.stringify(table)}`);
  if (days.length === 0) return `vacuum ${table}`;
  return fillLists(`optimize ${table} rewrite data using bin_pack where dt in (:days)`, { days });
}

/** VACUUM comes once, after all that is to be rewritten. */
const withoutVacuum = (tasks: readonly UpkeepTask[]): readonly UpkeepTask[] =>
  tasks.filter(({ days }) => days.length > 0);

const chunks = (days: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(days.length / DAYS_PER_OPTIMIZE) }, (_, index) =>
    days.slice(index * DAYS_PER_OPTIMIZE, (index + 1) * DAYS_PER_OPTIMIZE),
  );
