/** Plans a merge: which files and days each statement takes, and the statements themselves. */
import { addDays } from '../day.ts';
import { chunksOf } from './chunks.ts';
import { type Due, LIFE_DAYS } from './due.ts';
import { fillLists } from './sql-lists.ts';

/** Texts of sql/merge, by file name. */
export interface MergeSql {
  /** Days that the listed fresh files hold. */
  readonly days: string;
  /** Figures of the listed files and days. */
  readonly check: string;
  readonly insert: string;
  readonly count: string;
  /** The first hours of campaigns. */
  readonly hourly: string;
  /** Campaigns loaded on the listed days whose copies are counted over their lives. */
  readonly lives: string;
  readonly copies: string;
  /** Recipient tokens of the listed days. */
  readonly tokens: string;
  /** Days that hold some tokens. */
  readonly tokenDays: string;
  readonly forget: string;
  /** Campaigns whose copies are still counted over their lives. */
  readonly livesOpen: string;
}

export interface MergeLimits {
  /** Days per statement: Athena writes at most 100 partitions at once. */
  readonly days: number;
  /** Characters of the lists in a statement; Athena takes 262,144 bytes a statement. */
  readonly listLength: number;
  /** Campaigns per statement: of 64 characters each they are far below that too. */
  readonly campaigns: number;
}

/** What Athena takes, with room to spare. */
export const MERGE_LIMITS: MergeLimits = { days: 90, listLength: 150_000, campaigns: 500 };

/** Statements for some days of a group of files, in the order in which they run. */
export interface MergeStatements {
  readonly days: readonly string[];
  /** Before the insert its `missing` says how many rows are new; after it, whether the merge is right. */
  readonly check: string;
  readonly insert: string;
}

/** Figures that sql/merge/check.sql answers. */
export interface CheckFigures {
  readonly fresh_rows: number;
  readonly fresh_loads: number;
  readonly missing: number;
  readonly doubled: number;
}

/** What a statement must know of age to bring in rows of old days. */
export type InsertAge = Pick<Due, 'sealed' | 'aged'> & {
  /** Campaigns whose late loads keep the hash of their copy. */
  readonly livesOpen: readonly string[];
};

/** Cuts the fresh files into groups whose list fits a statement; each group is merged, checked and deleted whole. */
export function groupFiles(
  files: readonly string[],
  limits: MergeLimits = MERGE_LIMITS,
): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const file of files) {
    if (length + listedLength(file) > limits.listLength) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(file);
    length += listedLength(file);
  }
  return groups;
}

/** The select that finds the days of a group. */
export const daysStatement = (sql: Pick<MergeSql, 'days'>, files: readonly string[]): string =>
  fillLists(sql.days, { files });

/** The statements that merge a group, some days at a time, oldest first. */
export function planStatements(
  sql: MergeSql,
  files: readonly string[],
  days: readonly string[],
  { sealed, aged, livesOpen }: InsertAge,
  limits: MergeLimits = MERGE_LIMITS,
): readonly MergeStatements[] {
  // No campaign has the empty name: so the list is never empty.
  const age = { sealed_day: sealed, aged_day: aged, lives: ['', ...livesOpen] };
  return chunksOf([...new Set(days)].sort(), limits.days).map((chunk) => ({
    days: chunk,
    check: fillLists(sql.check, { days: chunk, files }),
    insert: fillLists(sql.insert, { days: chunk, files, ...age }),
  }));
}

/** A campaign whose copies are counted over its life, with the first and last of the days that loaded it. */
export interface Life {
  readonly campaign: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Days that hold the whole lives of campaigns, whichever of their days were loaded. */
const lifeOf = ({ firstDay, lastDay }: Life): readonly [string, string] => [
  addDays(firstDay, -LIFE_DAYS),
  addDays(lastDay, LIFE_DAYS),
];

/**
 * The statements that count the copies of campaigns over the whole of their lives. Where a part of that may have expired
 * the count stays as it is: it could only fall.
 */
export const copiesStatements = (
  sql: Pick<MergeSql, 'copies'>,
  lives: readonly Life[],
  { eventsFrom }: Pick<Due, 'eventsFrom'>,
  { campaigns }: MergeLimits = MERGE_LIMITS,
): readonly string[] =>
  chunksOf(
    lives.filter((life) => lifeOf(life)[0] >= eventsFrom),
    campaigns,
  ).map((some) =>
    fillLists(sql.copies, {
      campaigns: some.map(({ campaign }) => campaign),
      days: some.flatMap(lifeOf),
    }),
  );

/** What was found after a merge is not what it brought: nothing is deleted, and people are told. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

/** Throws with the figures unless every load of the files is in `events`, once. */
export function assertMerged({ missing, doubled, fresh_loads }: CheckFigures, days: readonly string[]): void {
  if (missing === 0 && doubled === 0) return;
  throw new CheckFailed(
    `after a merge events holds each load once, got ${missing} of ${fresh_loads} missing and ${doubled} doubled ` +
      `between ${days[0]} and ${days.at(-1)}: the fresh files are kept, run the merge again`,
  );
}

/** Characters that a file takes in a list: quotes, comma and space included. */
const listedLength = (file: string): number => file.length + 4;
