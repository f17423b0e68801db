import { DAY_MS } from '../core/day.ts';
import { PREFIXES } from '../core/layout.ts';
import type { BucketObjects } from './bucket.ts';

/** Whole days that the oldest object has been in quarantine; 0 where there is none. */
export async function daysInQuarantine(data: BucketObjects, now: number): Promise<number> {
  const entries = await data.entries(PREFIXES.quarantine);
  const oldest = entries.reduce((earliest, { writtenMs }) => Math.min(earliest, writtenMs), now);
  return Math.floor((now - oldest) / DAY_MS);
}
