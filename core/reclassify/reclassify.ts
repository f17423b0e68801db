/** Gives loads that older rules judged the verdicts of today's, and counts their days again. */
import { FIRST_DAY, LAST_DAY } from '../day.ts';
import type { IngestClassifier } from '../ingest-settings.ts';
import { chunksOf } from '../merge/chunks.ts';
import { countDays } from '../merge/count.ts';
import type { Due } from '../merge/due.ts';
import { MERGE_LIMITS, type MergeSql } from '../merge/plan.ts';
import { fillLists } from '../merge/sql-lists.ts';
import type { Row, Warehouse } from '../warehouse.ts';
import { type Preview, previewOf } from './preview.ts';
import { verdictStatements } from './verdicts.ts';

/** Texts of sql/merge, by file name. */
export interface ReclassifySql {
  /** Loads of each day that other rules judged. */
  readonly judged: string;
  /** Inputs of days that have no verdict yet. */
  readonly inputs: string;
  readonly verdicts: string;
  readonly preview: string;
  readonly changes: string;
  readonly relabel: string;
  readonly clear: string;
}

/** First and last day, both included. */
export interface Span {
  readonly since: string;
  readonly until: string;
}
export const EVERY_DAY: Span = { since: FIRST_DAY, until: LAST_DAY };

/** How far a re-classification is; who is cut off hands it back. */
export interface Progress {
  /** When it began, milliseconds since 1970: one change, however often it is resumed. */
  readonly changedMs: number;
  /** Loads that other rules had judged, and their days, sorted. */
  readonly loads: number;
  readonly days: readonly string[];
  /** Days that are not done, or not counted again. */
  readonly left: readonly string[];
}

export interface Reclassification {
  readonly warehouse: Warehouse;
  readonly sql: ReclassifySql;
  readonly merge: MergeSql;
  readonly classifier: IngestClassifier;
  /** Copies of a life whose first events are gone are not counted again. */
  readonly due: Pick<Due, 'eventsFrom'>;
}

/** What would change; the table `verdicts` is empty again after it, and no other is written to. */
export async function previewSpan(what: Reclassification, span: Span): Promise<Preview> {
  const { warehouse, sql, classifier } = what;
  const { days, bare } = await outdatedOf(what, span);
  const rows: Row[] = [];
  for (const some of chunksOf(days, MERGE_LIMITS.days)) {
    await judgeDays(what, some);
    rows.push(
      ...(await warehouse.query(fillLists(sql.preview, { days: some, ruleset: [classifier.ruleset] }))),
    );
  }
  await warehouse.run(sql.clear);
  return previewOf({ ruleset: classifier.ruleset, days, bare, rows });
}

/**
 * Classifies again what other rules judged. `onProgress` is told before the first load changes and whenever some days are
 * done; who is cut off hands the last of it back as `begun`, since what is done cannot be found any more.
 */
export async function reclassifySpan(
  what: Reclassification,
  span: Span,
  begun: Progress,
  onProgress: (progress: Progress) => Promise<void> = async () => {},
): Promise<Progress> {
  const { days, loads } = await outdatedOf(what, span);
  let progress: Progress = {
    ...begun,
    loads: Math.max(begun.loads, loads),
    days: joined(begun.days, days),
    left: joined(begun.left, days),
  };
  await onProgress(progress);
  for (const some of chunksOf(progress.left, MERGE_LIMITS.days)) {
    await relabelDays(what, some, progress.changedMs);
    progress = { ...progress, left: progress.left.slice(some.length) };
    await onProgress(progress);
  }
  await what.warehouse.run(what.sql.clear);
  return progress;
}

/** Gives up what was begun by rules that are no more: days that may be changed already are counted all the same. */
export async function recountLeft(
  { warehouse, sql, merge, due }: Reclassification,
  { left }: Progress,
): Promise<void> {
  for (const some of chunksOf(left, MERGE_LIMITS.days)) await countDays(warehouse, merge, some, due);
  await warehouse.run(sql.clear);
}

/** The start of a re-classification. */
export const beginAt = (changedMs: number): Progress => ({ changedMs, loads: 0, days: [], left: [] });

const joined = (some: readonly string[], more: readonly string[]): readonly string[] =>
  [...new Set([...some, ...more])].sort();

async function outdatedOf({ warehouse, sql, classifier }: Reclassification, { since, until }: Span) {
  const lists = { days: [since, until], ruleset: [classifier.ruleset] };
  const rows = await warehouse.query(fillLists(sql.judged, lists));
  const outdated = rows.filter((row) => Number(row['outdated']) > 0);
  const total = (some: readonly Row[], column: string): number =>
    some.reduce((sum, row) => sum + Number(row[column]), 0);
  return {
    days: outdated.map((row) => String(row['dt'])),
    loads: total(outdated, 'outdated'),
    bare: total(rows, 'bare'),
  };
}

/** Once an input has its verdict it is not asked for again: the answers stay small, and nothing is judged twice. */
async function judgeDays({ warehouse, sql, classifier }: Reclassification, days: readonly string[]) {
  const inputs = fillLists(sql.inputs, { days, ruleset: [classifier.ruleset] });
  for (let rows = await warehouse.query(inputs); rows.length > 0; rows = await warehouse.query(inputs))
    for (const statement of verdictStatements(sql.verdicts, classifier, rows)) await warehouse.run(statement);
}

/** What changes is kept before it changes: afterwards nobody could tell. */
async function relabelDays(what: Reclassification, days: readonly string[], changedMs: number) {
  const { warehouse, sql, merge, classifier, due } = what;
  await judgeDays(what, days);
  const lists = { days, ruleset: [classifier.ruleset], moment: [String(changedMs)] };
  await warehouse.run(fillLists(sql.changes, lists));
  await warehouse.run(fillLists(sql.relabel, lists));
  await countDays(warehouse, merge, days, due);
}
