import type { Logger } from '@aws-lambda-powertools/logger';
import { REGISTRY_FILES } from '../core/layout.ts';
import {
  NO_UPKEEP,
  planNight,
  taskDone,
  touchDays,
  type Upkeep,
  upkeepStatement,
} from '../core/merge/upkeep.ts';
import { TABLES } from '../core/schema.ts';
import type { BucketObjects } from './bucket.ts';

export interface UpkeepHost {
  readonly data: BucketObjects;
  readonly logger: Pick<Logger, 'info'>;
  /** Milliseconds that this call has left. */
  readonly remainingMs: () => number;
  /** Runs one statement to its good end. */
  readonly run: (statement: string) => Promise<void>;
  /** Brings old rows to their age, before the night's tasks are planned: it notes the days that it writes to. */
  readonly age: () => Promise<void>;
}

interface Night {
  /** Milliseconds since 1970; 0 before the first night. */
  readonly scheduled: number;
}

/** A task that begins later than this before the function's end would only be cut off. */
const ENOUGH_MS = 120_000;
/** Athena works through many files in several runs of the same statement, each of which keeps what it did. */
const MORE_RUNS = /ICEBERG_(?:OPTIMIZE|VACUUM)_MORE_RUNS_NEEDED/;

/** Asks for a night's work; it needs no lease, for whoever holds that does the work. */
export async function askForNight(data: BucketObjects, scheduled: number): Promise<void> {
  await data.write(REGISTRY_FILES.night, JSON.stringify({ scheduled } satisfies Night));
}

/** Notes days in the list of what the next night rewrites; called before they are written to. */
export async function noteDays(data: BucketObjects, days: readonly string[]): Promise<void> {
  await keep(data, touchDays(await readUpkeep(data), days));
}

/**
 * Does what a night asked for, as far as the time goes; each task is struck off when it is done, and the next call goes
 * on with the rest. `done` is the statement of a task that an earlier call began and that has ended well meanwhile.
 */
export async function keepUp(host: UpkeepHost, done: string | null): Promise<void> {
  const { data, logger } = host;
  const { scheduled } = await readOr<Night>(data, REGISTRY_FILES.night, { scheduled: 0 });
  let known = await readUpkeep(data);
  if (scheduled > known.night) {
    await host.age();
    known = await readUpkeep(data);
  }
  let upkeep = planNight(known, scheduled, TABLES);
  if (upkeep.tasks[0] !== undefined && upkeepStatement(upkeep.tasks[0]) === done) upkeep = taskDone(upkeep);
  if (upkeep !== known) await keep(data, upkeep);
  for (let task = upkeep.tasks[0]; task !== undefined; task = upkeep.tasks[0]) {
    const statement = upkeepStatement(task);
    if (!(await runUntilDone(host, statement))) {
      logger.info('the night is not over, the next call goes on', { left: upkeep.tasks.length, statement });
      return;
    }
    upkeep = taskDone(upkeep);
    await keep(data, upkeep);
    logger.info('upkeep', { statement, left: upkeep.tasks.length });
  }
}

/** False where the time is too short to begin, or to begin again. */
async function runUntilDone({ run, remainingMs }: UpkeepHost, statement: string): Promise<boolean> {
  while (remainingMs() >= ENOUGH_MS) {
    try {
      await run(statement);
      return true;
    } catch (error) {
      if (!MORE_RUNS.test(String(error))) throw error;
    }
  }
  return false;
}

const readUpkeep = (data: BucketObjects): Promise<Upkeep> =>
  readOr<Upkeep>(data, REGISTRY_FILES.upkeep, NO_UPKEEP);

const keep = (data: BucketObjects, upkeep: Upkeep): Promise<void> =>
  data.write(REGISTRY_FILES.upkeep, JSON.stringify(upkeep));

/** Written first where it is absent: S3 answers a read of nothing like one that is forbidden, unless it may be listed. */
async function readOr<T>(data: BucketObjects, key: string, initial: T): Promise<T> {
  const made = await data.writeIf('absent', key, JSON.stringify(initial));
  return made === null ? data.readJson<T>(key) : initial;
}
