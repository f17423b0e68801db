/** Reads the answers of sql/reports into shapes that collect.ts and figures.ts add up. */

import { UNREGISTERED } from '../layout.ts';
import type { Row, Warehouse } from '../warehouse.ts';
import type { Range } from './format.ts';
import type { Period } from './period.ts';
import type { Measure, Medium, Parts, Unit } from './report.ts';

/** The selects of sql/reports that a report is made of, by file name. */
export const REPORT_QUERIES = [
  'campaigns',
  'days',
  'campaign_days',
  'contexts',
  'automated',
  'quality',
  'requests',
  'rulesets',
  'changes',
] as const;
export type ReportQuery = (typeof REPORT_QUERIES)[number];
export type ReportSql = Readonly<Record<ReportQuery, string>>;
export type ReportRows = Readonly<Record<ReportQuery, readonly Row[]>>;

/** Asks the queries for one period, one after the other: a warehouse may have one connection only. */
export async function readRows(
  warehouse: Warehouse,
  sql: ReportSql,
  period: Period,
  queries: readonly ReportQuery[] = REPORT_QUERIES,
): Promise<ReportRows> {
  const rows: Record<ReportQuery, readonly Row[]> = {
    campaigns: [],
    days: [],
    campaign_days: [],
    contexts: [],
    automated: [],
    quality: [],
    requests: [],
    rulesets: [],
    changes: [],
  };
  for (const query of queries) rows[query] = await warehouse.query(sql[query], [period.from, period.until]);
  return rows;
}

/** A cell as a number; 0 for null. */
export const count = (row: Row, column: string): number => Number(row[column] ?? 0);
/** A cell as text; '' for null. */
export const text = (row: Row, column: string): string => String(row[column] ?? '');
/** One column added up. */
export const total = (rows: readonly Row[], column: string): number =>
  rows.reduce((sum, row) => sum + count(row, column), 0);

/** At least and at most so many displays; only of rows with a unit. */
export const displaysOf = (rows: readonly Row[]): Range => ({
  atLeast: total(rows, 'at_least'),
  atMost: total(rows, 'at_most'),
});
const loadRange = (rows: readonly Row[]): Range => ({
  atLeast: total(rows, 'loads_at_least'),
  atMost: total(rows, 'loads_at_most'),
});

/** The same displays by what fetched the image. */
export const partsOf = (rows: readonly Row[]): Parts => ({
  direct: total(rows, 'direct'),
  atDisplay: total(rows, 'at_display'),
  regardless: total(rows, 'regardless'),
  unknown: total(rows, 'unknown'),
});

const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

/** One campaign or one medium over its rows: with a unit anywhere its displays count, else its loads. */
export interface Counted {
  readonly name: string;
  readonly measure: Measure;
  readonly range: Range;
  readonly rows: readonly Row[];
}

/** Adds up rows by one column; the rows of displays are those with a unit. */
export function countBy(rows: readonly Row[], column: string): readonly Counted[] {
  return [...Map.groupBy(rows, (row) => text(row, column))].map(([name, own]) => {
    const withUnit = own.filter((row) => text(row, 'unit') !== '');
    return withUnit.length > 0
      ? { name, measure: 'displays', range: displaysOf(withUnit), rows: own }
      : { name, measure: 'loads', range: loadRange(own), rows: own };
  });
}

/** False for the one name under which all that were never registered are counted. */
export const isRegistered = (row: Row): boolean => text(row, 'campaign') !== UNREGISTERED;

/** Contexts of a campaign's rows; opted-out loads have none and say nothing here. */
export const mediaOf = (rows: readonly Row[]): readonly Medium[] => {
  const media = distinct(rows.map((row) => text(row, 'medium') as Medium));
  return media.length > 1 ? media.filter((medium) => medium !== '') : media;
};

/** What tells copies or visitors apart in these rows; none where only loads are known. */
export const unitsOf = (rows: readonly Row[]): readonly Unit[] =>
  distinct(rows.map((row) => text(row, 'unit') as Unit)).filter((unit) => unit !== '');
