/**
 * The one source of the Parquet schema, the tables of both engines and docs/schema.md.
 * Columns stand in event-columns.ts, count-columns.ts and change-columns.ts, each with its meaning and an example.
 */
import { CHANGE_COLUMNS, VERDICT_COLUMNS } from './schema/change-columns.ts';
import type { Column } from './schema/column.ts';
import {
  CAMPAIGN_COLUMNS,
  COPY_COLUMNS,
  DAILY_COLUMNS,
  HOUR_COLUMNS,
  REQUEST_COLUMNS,
} from './schema/count-columns.ts';
import { EVENT_COLUMNS } from './schema/event-columns.ts';

export type { Column, ColumnType } from './schema/column.ts';
export {
  CAMPAIGN_COLUMNS,
  CHANGE_COLUMNS,
  COPY_COLUMNS,
  DAILY_COLUMNS,
  EVENT_COLUMNS,
  HOUR_COLUMNS,
  REQUEST_COLUMNS,
  VERDICT_COLUMNS,
};

export interface Table {
  readonly name: string;
  readonly grain: string;
  readonly meaning: string;
  readonly columns: readonly Column[];
  /** Iceberg partition on Athena; null for small tables, and for those over files that others write. */
  readonly partition: 'dt' | null;
}

const EVENTS: Table = {
  name: 'events',
  grain: 'one row per day and load; per day, log object and reason for lines that are no loads',
  meaning: 'every log line, as it was classified when it came or since',
  columns: EVENT_COLUMNS,
  partition: 'dt',
};

/** Tables that statements write. */
export const TABLES: readonly Table[] = [
  EVENTS,
  {
    name: 'daily',
    grain: 'one row per value of its key columns, which are all but loads, firsts and lines',
    meaning:
      'the counts that reports read; they add up across rows and days, and a row whose counts are 0 has vanished',
    columns: DAILY_COLUMNS,
    partition: 'dt',
  },
  {
    name: 'hourly',
    grain: 'one row per day, campaign, hour and tier',
    meaning:
      'firsts of the first 72 hours of each campaign whose sending began at a known time; a row of 0 has vanished',
    columns: HOUR_COLUMNS,
    partition: 'dt',
  },
  {
    name: 'copies',
    grain: 'one row per campaign with `copies: campaign` and tier',
    meaning:
      'copies counted once over the life of a campaign, whatever days they were loaded on; a row of 0 has vanished',
    columns: COPY_COLUMNS,
    partition: null,
  },
  {
    name: 'requests',
    grain: 'one row per day and hour',
    meaning:
      "CloudFront's own counts of requests, read hourly: what the log lines of a day are held against. Empty on a laptop",
    columns: REQUEST_COLUMNS,
    partition: 'dt',
  },
  {
    name: 'verdicts',
    grain: 'one row per input, flags before and ruleset',
    meaning: 'what a re-classification under way works with; it is emptied at its end',
    columns: VERDICT_COLUMNS,
    partition: null,
  },
  {
    name: 'changes',
    grain: 'one row per re-classification, day, rules before and after, and class',
    meaning: 'the history of re-classifications: which days, which rules, and what they changed',
    columns: CHANGE_COLUMNS,
    partition: 'dt',
  },
];

/** Tables over files: what the ingest wrote and is not merged yet, and the registry. */
export const FILE_TABLES: readonly Table[] = [
  {
    ...EVENTS,
    name: 'fresh',
    grain: 'one row per line of the log object, drops counted per day and reason',
    meaning: 'classified rows that wait to be merged; "$path" names the file of a row',
    partition: null,
  },
  {
    name: 'campaigns',
    grain: 'one row per campaign',
    meaning: 'the registry',
    columns: CAMPAIGN_COLUMNS,
    partition: null,
  },
];
