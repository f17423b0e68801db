import type { Logger } from '@aws-lambda-powertools/logger';
import type { Config } from '../core/config.ts';
import { PREFIXES, REGISTRY_FILES } from '../core/layout.ts';
import { type AgingSql, ageTables } from '../core/merge/aging.ts';
import { type Due, dueAt } from '../core/merge/due.ts';
import { CheckFailed, type MergeLimits, type MergeSql } from '../core/merge/plan.ts';
import { type FreshFiles, type Merged, runMerge } from '../core/merge/run.ts';
import type { Publish } from '../core/metrics.ts';
import { type Forgotten, forgetter } from '../core/registry/forgotten.ts';
import type { Warehouse } from '../core/warehouse.ts';
import type { ZoneHistory } from '../core/zones.ts';
import type { BucketObjects } from './bucket.ts';
import { answerCommands } from './commands.ts';
import { Lease } from './lease.ts';
import type { ReclassifyTools } from './reclassify-command.ts';
import { countRequests, type RequestsSource } from './request-counts.ts';
import { keepUp, noteDays } from './upkeep.ts';

/** A warehouse whose statements can be waited for by somebody who did not start them. */
export interface MergeWarehouse extends Warehouse {
  settle(queryId: string): Promise<void>;
}

export interface MergeHost {
  readonly data: BucketObjects;
  readonly sql: MergeSql & AgingSql;
  /** For how long rows and parts of them are kept. */
  readonly retention: Config['retention'];
  /** @default what Athena takes */
  readonly limits?: MergeLimits;
  /** Names this call. */
  readonly holder: string;
  readonly now: number;
  /** When this call has ended, whatever happens to it. */
  readonly until: number;
  /** Milliseconds left until then. */
  readonly remainingMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly openWarehouse: (onStart: (queryId: string) => Promise<void>) => MergeWarehouse;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly publish: Publish;
  /** CloudFront's own counts. */
  readonly requests: RequestsSource;
  /** For commands that ask for it. */
  readonly reclassify: ReclassifyTools;
}

/** Merges what lies in fresh/ and does what a night asked for, unless another call does; null then. */
export async function mergeTables(host: MergeHost): Promise<Merged | null> {
  try {
    return await mergeUnderLease(host);
  } catch (error) {
    if (error instanceof CheckFailed) host.publish({ FailedChecks: 1 });
    host.logger.error('the merge stopped, nothing is lost: the next call goes on where it was', {
      error: error as Error,
    });
    throw error;
  }
}

async function mergeUnderLease(host: MergeHost): Promise<Merged | null> {
  const { data, holder, now, until, logger, remainingMs } = host;
  let lease: Lease | null = null;
  let upkeep: string | undefined;
  const warehouse = host.openWarehouse(async (queryId) => lease?.note(queryId, upkeep));
  lease = await Lease.take({ data, holder, now, until, settle: (queryId) => ended(warehouse, queryId) });
  if (lease === null) {
    logger.warn('another merge is under way, the next hour goes on');
    return null;
  }
  const retrying = retryConflicts(warehouse, host);
  const beforeWrite = (days: readonly string[]): Promise<void> => noteDays(data, days);
  const isForgotten = forgetter(await data.readJson<Forgotten>(REGISTRY_FILES.forgotten));
  const due = dueAt(now, await data.readJson<ZoneHistory>(REGISTRY_FILES.zones), host.retention);
  const merged = await runMerge(retrying, host.sql, freshFiles(data), {
    ...(host.limits && { limits: host.limits }),
    beforeWrite,
    due,
    isForgotten,
  });
  logger.info('merged', { ...merged });
  const { reclassify, sql } = host;
  await answerCommands({ data, due, logger, now, reclassify, sql, warehouse: retrying });
  const { inserted: MergedRows, duplicates: Duplicates, tooOld: TooOld } = merged;
  host.publish({ MergedRows, Duplicates, TooOld, FailedChecks: 0 });
  const counting = countRequests({ data, now, requests: host.requests, warehouse: retrying });
  // The night's work does not wait for CloudWatch; that it did not answer is thrown when the work is done.
  const [counted] = await Promise.allSettled([counting]);
  const run = (statement: string): Promise<void> => {
    upkeep = statement;
    return retrying.run(statement);
  };
  const age = (): Promise<void> => ageAndTell(host, retrying, due);
  await keepUp({ data, logger, remainingMs, run, age }, lease.inherited);
  if (counted.status === 'rejected') throw counted.reason;
  await lease.release();
  // Last: an alarm rings where no call comes to this line.
  host.publish({ Merges: 1, Requests: counted.value });
  return merged;
}

async function ageAndTell(host: MergeHost, warehouse: Warehouse, due: Due): Promise<void> {
  const aged = await ageTables(warehouse, host.sql, due, (days) => noteDays(host.data, days));
  host.logger.info('old rows brought to their age', { ...aged });
}

/**
 * How the statement of a lost call ended does not matter to a merge, which does all of it again; upkeep asks whether it
 * was a good end. One that still runs has to be waited for by a later call.
 */
async function ended(warehouse: MergeWarehouse, queryId: string): Promise<boolean> {
  try {
    await warehouse.settle(queryId);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'AthenaError') return false;
    throw error;
  }
}

/** Fresh files by the names that Athena's "$path" gives them; a console leaves folder marks beside them. */
function freshFiles(data: BucketObjects): FreshFiles {
  const root = `s3://${data.name}/`;
  return {
    list: async () =>
      (await data.entries(PREFIXES.fresh))
        .filter(({ key }) => key.endsWith('.parquet'))
        // After a long silence the oldest come first: each group is done before the next, whenever the time is up.
        .toSorted((one, other) => one.writtenMs - other.writtenMs)
        .map(({ key }) => `${root}${key}`),
    remove: (files) => data.remove(files.map((file) => file.slice(root.length))),
  };
}

/** Milliseconds before each further attempt. */
const PAUSES = [1_000, 4_000, 16_000];
/** Another commit came between reading a table and writing it; a second try reads what is there now. */
const CONFLICT = /ICEBERG_COMMIT_ERROR|TRANSACTION_CONFLICT/;

function retryConflicts(warehouse: Warehouse, { logger, pause }: MergeHost): Warehouse {
  const run = async (sql: string): Promise<void> => {
    for (const pauseMs of PAUSES) {
      try {
        return await warehouse.run(sql);
      } catch (error) {
        if (!CONFLICT.test(String(error))) throw error;
        logger.warn('a statement met another commit, it runs again', { pauseMs, error: String(error) });
        await pause(pauseMs);
      }
    }
    return warehouse.run(sql);
  };
  return { query: (sql, parameters) => warehouse.query(sql, parameters), run };
}
