/** Seals days, takes user agents out of older ones and drops what has expired; each statement finds by itself what is due. */
import { addDays, FIRST_DAY, LAST_DAY } from '../day.ts';
import { daysOf } from '../report/period.ts';
import { TABLES } from '../schema.ts';
import type { Warehouse } from '../warehouse.ts';
import { chunksOf } from './chunks.ts';
import { type Due, UNDATED } from './due.ts';
import { livesOpen } from './lives.ts';
import { MERGE_LIMITS, type MergeSql } from './plan.ts';
import { fillLists } from './sql-lists.ts';

/** Texts of sql/merge, by file name. */
export interface AgingSql extends Pick<MergeSql, 'livesOpen'> {
  readonly sealDays: string;
  readonly seal: string;
  readonly sealLives: string;
  readonly sealLife: string;
  readonly ageDays: string;
  readonly age: string;
  readonly expiredCopies: string;
  readonly expireCopies: string;
}

export interface Expired {
  readonly table: string;
  readonly rows: number;
  /** First and last day that went; none for a table without days. */
  readonly days: readonly string[];
}

/** What became of old rows. */
export interface Aged {
  /** Days whose hashes became numbers, sorted. */
  readonly sealed: readonly string[];
  /** Campaigns whose copies, counted over their lives, became numbers. */
  readonly sealedLives: readonly string[];
  /** Days whose user agents went, sorted. */
  readonly aged: readonly string[];
  readonly expired: readonly Expired[];
}

/** Told the days before a statement writes to them. */
export type BeforeWrite = (days: readonly string[]) => Promise<void>;

/** Modes of rows whose hashes had the edge's keys; '' stands for loads that the edge did not know. */
const LIVE_MODES = ['', 'aggregate', 'consented', 'off', 'test'];
const IMPORTED = ['imported'];

/** Brings the tables to the age that they have at the run's `now`. Run again, it does nothing. */
export async function ageTables(
  warehouse: Warehouse,
  sql: AgingSql,
  due: Due,
  beforeWrite: BeforeWrite = async () => {},
): Promise<Aged> {
  // What has expired goes first, so that no work is done on it.
  const expired = await expire(warehouse, sql, due);
  return {
    sealed: await sealDays(warehouse, sql, [due.eventsFrom, due.sealed], LIVE_MODES, beforeWrite),
    sealedLives: await sealLives(warehouse, sql, due, beforeWrite),
    aged: await dropAgents(warehouse, sql, due, beforeWrite),
    expired,
  };
}

/** Numbers what imports brought, on all days: their key is gone once the import is closed. */
export const sealImports = (warehouse: Warehouse, sql: AgingSql): Promise<readonly string[]> =>
  sealDays(warehouse, sql, [FIRST_DAY, LAST_DAY], IMPORTED);

async function sealDays(
  warehouse: Warehouse,
  sql: AgingSql,
  range: readonly [string, string],
  modes: readonly string[],
  beforeWrite?: BeforeWrite,
): Promise<readonly string[]> {
  const found = await textsOf(warehouse, 'dt', fillLists(sql.sealDays, { days: range, modes }));
  await eachChunk(warehouse, found, (days) => fillLists(sql.seal, { days, modes }), beforeWrite);
  return found;
}

async function sealLives(
  warehouse: Warehouse,
  sql: AgingSql,
  due: Due,
  beforeWrite: BeforeWrite,
): Promise<readonly string[]> {
  const days = [due.eventsFrom, due.sealed];
  const lives = ['', ...(await livesOpen(warehouse, sql, days, due))];
  const found = await warehouse.query(fillLists(sql.sealLives, { days, lives }));
  for (const row of found) {
    const [from, until] = [String(row['first_dt']), String(row['last_dt'])];
    await beforeWrite(daysOf({ from, until }));
    const life = { campaigns: [String(row['campaign'])], days: [from, until] };
    await warehouse.run(fillLists(sql.sealLife, life));
  }
  return found.map((row) => String(row['campaign']));
}

async function dropAgents(
  warehouse: Warehouse,
  sql: AgingSql,
  { eventsFrom, aged }: Due,
  beforeWrite: BeforeWrite,
): Promise<readonly string[]> {
  // Where user agents are to stay longer than their rows, none is old.
  if (aged < eventsFrom) return [];
  const found = await textsOf(warehouse, 'dt', fillLists(sql.ageDays, { days: [eventsFrom, aged] }));
  await eachChunk(warehouse, found, (days) => fillLists(sql.age, { days }), beforeWrite);
  return found;
}

async function expire(
  warehouse: Warehouse,
  sql: AgingSql,
  { eventsFrom, countsFrom }: Due,
): Promise<readonly Expired[]> {
  const expired: Expired[] = [];
  for (const { name, partition } of TABLES) {
    if (partition === null) continue;
    const went = await expireDays(warehouse, name, name === 'events' ? eventsFrom : countsFrom);
    if (went !== null) expired.push(went);
  }
  const days = [countsFrom, LAST_DAY];
  const campaigns = await textsOf(warehouse, 'campaign', fillLists(sql.expiredCopies, { days }));
  for (const some of chunksOf(campaigns, MERGE_LIMITS.campaigns))
    await warehouse.run(fillLists(sql.expireCopies, { campaigns: some }));
  if (campaigns.length > 0) expired.push({ table: 'copies', rows: campaigns.length, days: [] });
  return expired;
}

/** Whole partitions go, so there is no file to rewrite afterwards. The undated lines stay: their day is no age. */
async function expireDays(warehouse: Warehouse, table: string, from: string): Promise<Expired | null> {
  const days = [addDays(UNDATED, 1), addDays(from, -1)] as const;
  if (days[1] < days[0]) return null;
  const range = fillLists('where dt between :first_day and :last_day', { days });
  const [row = {}] = await warehouse.query(
    `select cast(count(*) as bigint) as row_count, min(dt) as first_dt, max(dt) as last_dt from ${table} ${range}`,
  );
  const rows = Number(row['row_count']);
  if (rows === 0) return null;
  await warehouse.run(`delete from ${table} ${range}`);
  return { table, rows, days: [String(row['first_dt']), String(row['last_dt'])] };
}

async function eachChunk(
  warehouse: Warehouse,
  days: readonly string[],
  statement: (days: readonly string[]) => string,
  beforeWrite: BeforeWrite = async () => {},
): Promise<void> {
  for (const some of chunksOf(days, MERGE_LIMITS.days)) {
    await beforeWrite(some);
    await warehouse.run(statement(some));
  }
}

async function textsOf(warehouse: Warehouse, column: string, statement: string): Promise<readonly string[]> {
  return (await warehouse.query(statement)).map((row) => String(row[column]));
}
