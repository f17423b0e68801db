import { addDays, utcDay } from '../core/day.ts';
import { PREFIXES } from '../core/layout.ts';
import type { VerifyHost } from '../core/verify/verify.ts';
import type { StoredObjects } from './stored-objects.ts';

/**
 * The message of a log is tried three times, half an hour apart, before it becomes a dead letter: until then nobody knows
 * what becomes of the log.
 */
const ARRIVING_MS = 2 * 3_600_000;
/** Most lines are of the day of their log; a log whose lines are all older is read. */
const DAYS_BEFORE = 2;

/** Log objects that have not expired, by their keys: so their rows name them. */
export async function keptLogs(logs: StoredObjects, now: number): ReturnType<VerifyHost['logs']> {
  const entries = await logs.entries(PREFIXES.logs);
  const oldest = entries.reduce((ms, { writtenMs }) => Math.min(ms, writtenMs), now);
  return {
    firstDay: addDays(utcDay(oldest), -DAYS_BEFORE),
    objects: entries.map(({ key, writtenMs }) => ({
      name: key,
      isArriving: writtenMs > now - ARRIVING_MS,
      read: async () => (await logs.read(key)).bytes,
    })),
  };
}

/** Keys of the logs whose copies wait in quarantine. */
export async function quarantinedLogs(data: StoredObjects): Promise<ReadonlySet<string>> {
  const copies = await data.entries(PREFIXES.quarantine);
  return new Set(copies.map(({ key }) => key.slice(PREFIXES.quarantine.length)));
}
