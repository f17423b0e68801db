/** What the stack does in a month, in the units that AWS bills. */

import type { Config } from '../config.ts';
import { TABLES } from '../schema.ts';
import type { Item } from './prices.ts';

/**
 * What the stack is made of. Tests hold these numbers to the template and to the code that runs the statements, so a
 * change there is a change here, and in docs/cost.md.
 */
export const STACK = {
  /** Megabytes of the functions. */
  memory: { ingest: 1769, merge: 512, report: 1024, edgeState: 256 },
  /** Days query, check, insert, count, hourly, lives, copies, check: of one group of files with new rows, of which some are such copies. */
  mergeStatements: 8,
  /** CloudFront's own counts into their table. */
  countStatements: 1,
  /** Of the period and of the one before it. */
  reportStatements: 12,
  /** Metrics that alarms read: an alarm on a sum of three is billed as three. */
  alarms: 23,
  dashboards: 1,
  /** Of our own: those of core/metrics.ts. */
  metrics: 13,
  /** One more, with its own alarms, where the stack is not in us-east-1. */
  keys: 1,
  schedules: 4,
} as const;

/** Not decided by the code: taken from measurements and guesses, each with where it is from. */
export const ASSUMED = {
  /** Head and pixel of an answer, in bytes: guessed. */
  answerBytes: 500,
  /** Of a log line with the delivered fields, packed: measured on made logs. */
  logBytes: 60,
  /** Of a row in Parquet: measured on made logs. */
  rowBytes: 20,
  /** Log objects an hour; AWS publishes no number: guessed, and more come with the lines below. */
  objectsPerHour: 60,
  linesPerObject: 25_000,
  /** Processor seconds per million lines on one processor: measured. */
  ingestSeconds: 3,
  /** Of a call besides its lines: guessed. */
  callSeconds: 0.3,
  /** Waiting for these statements: guessed. */
  mergeSeconds: 60,
  reportSeconds: 45,
  /** Lambda asks an idle queue with five pollers that wait 20 seconds: AWS's documented start. */
  pollsPerMinute: 15,
  /** Times that a row is read until its day is over, by columns of `rowBytes`: half a day, hourly, and the checks. */
  readsPerRow: 30,
  /** Requests that a statement makes of the catalog, and that a commit writes: guessed. */
  catalogPerStatement: 20,
  putsPerStatement: 6,
  getsPerFile: 3,
  /** In the registry, ended ones included: guessed. */
  campaigns: 100,
  mailBytes: 150_000,
  logBytesPerCall: 2_000,
} as const;

/** Times a month that the merge runs. */
export interface Schedule {
  readonly mergesPerDay: number;
}
export const HOURLY: Schedule = { mergesPerDay: 24 };

const DAYS = 30.4;
const HOURS = DAYS * 24;
const GB = 1e9;
/** Athena bills every statement as this much at least. */
const LEAST_SCAN = 10e6;

export type Units = Readonly<Record<Item, number>>;

/** Units of a month that come whether or not anything is loaded. */
export function fixedUnits(config: Config, { mergesPerDay }: Schedule): Units {
  const a = ASSUMED;
  const objects = a.objectsPerHour * HOURS;
  const merges = mergesPerDay * DAYS;
  const reports = config.report.from === undefined ? 0 : reportsPerMonth(config.report.cron);
  const upkeep = 2 * TABLES.length * DAYS;
  const statements =
    merges * (STACK.mergeStatements + STACK.countStatements) + reports * STACK.reportStatements + upkeep;
  // With a window of a minute, a call takes what came within it.
  const calls = Math.min(objects, HOURS * 60);
  const { memory } = STACK;
  return {
    ...NOTHING,
    puts: (2 * objects + statements * a.putsPerStatement) / 1e3,
    gets: (objects * (1 + STACK.mergeStatements * a.getsPerFile) + calls * 3) / 1e3,
    // Daily a new key, and each campaign looked at.
    storeCalls: (DAYS * storeCalls({ entries: a.campaigns + 1, changed: 1 })) / 1e3,
    messages: (HOURS * 60 * a.pollsPerMinute + 3 * objects) / 1e6,
    compute:
      gigabytes(memory.ingest) * calls * a.callSeconds +
      gigabytes(memory.merge) * (merges + DAYS) * a.mergeSeconds +
      gigabytes(memory.report) * reports * a.reportSeconds +
      gigabytes(memory.edgeState) * DAYS * 5,
    calls: (calls + merges + reports + 2 * DAYS) / 1e6,
    athena: (statements * LEAST_SCAN) / 1e12,
    catalog: (statements * a.catalogPerStatement) / 1e6,
    schedules: (merges + reports + 2 * DAYS) / 1e6,
    mails: (reports * config.report.to.length) / 1e3,
    attachments: (reports * config.report.to.length * a.mailBytes) / GB,
    alarms: STACK.alarms,
    dashboards: STACK.dashboards,
    metrics: STACK.metrics,
    metricReads: (merges + DAYS) / 1e3,
    keys: STACK.keys,
    logs: (calls * a.logBytesPerCall + objects * 400) / GB,
  };
}

/** Units that a million loads add, once what is kept of them has reached its retention. */
export function unitsPerMillion(config: Config): Units {
  const a = ASSUMED;
  const objects = 1e6 / a.linesPerObject;
  const kept = a.logBytes * (config.retention.logDays / DAYS) + a.rowBytes * config.retention.eventMonths;
  return {
    ...NOTHING,
    requests: 1,
    transfer: (1e6 * a.answerBytes) / GB,
    edgeFunction: 1,
    // The day keys, and the campaign.
    storeReads: 2,
    logDelivery: (1e6 * a.logBytes) / GB,
    storage: (1e6 * kept) / GB,
    puts: (2 * objects) / 1e3,
    gets: (objects * (1 + STACK.mergeStatements * a.getsPerFile)) / 1e3,
    messages: (3 * objects) / 1e6,
    compute: gigabytes(STACK.memory.ingest) * a.ingestSeconds,
    athena: (1e6 * a.rowBytes * a.readsPerRow) / 1e12,
    logs: (objects * 400) / GB,
  };
}

/** Keys that CloudFront lists, and changes, in one call. */
const KEYS_PER_CALL = 50;

/** Calls of one run of edge-state: the store's version, its entries page by page, and what changes among them. */
export const storeCalls = ({
  entries,
  changed,
}: {
  readonly entries: number;
  readonly changed: number;
}): number => 1 + Math.max(1, Math.ceil(entries / KEYS_PER_CALL)) + Math.ceil(changed / KEYS_PER_CALL);

const NOTHING: Units = {
  requests: 0,
  transfer: 0,
  edgeFunction: 0,
  storeReads: 0,
  storeCalls: 0,
  logDelivery: 0,
  storage: 0,
  puts: 0,
  gets: 0,
  messages: 0,
  compute: 0,
  calls: 0,
  athena: 0,
  catalog: 0,
  schedules: 0,
  mails: 0,
  attachments: 0,
  alarms: 0,
  dashboards: 0,
  metrics: 0,
  metricReads: 0,
  keys: 0,
  logs: 0,
};

const gigabytes = (megabytes: number): number => megabytes / 1024;

/** Days of the month or week that a schedule names; one report on each. `cron(0 7 ? * MON *)` gives 4.3. */
export function reportsPerMonth(cron: string): number {
  const [, , dayOfMonth = '?', , dayOfWeek = '?'] = cron.slice('cron('.length, -1).split(' ');
  if (dayOfMonth === '*' || dayOfWeek === '*') return DAYS;
  if (dayOfMonth !== '?') return dayOfMonth.split(',').length;
  const days = dayOfWeek.includes('-') ? 5 : dayOfWeek.split(',').length;
  return dayOfWeek.includes('#') || dayOfWeek.endsWith('L') ? 1 : (days * DAYS) / 7;
}
