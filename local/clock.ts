import { dayInterval, type ZoneHistory } from '../core/zones.ts';
import type { Home } from './home.ts';
import { readTruth } from './simulate/truth-file.ts';

/**
 * The time that a home folder lives in: `now`, or where its logs are a simulation's the end of that; else the simulated
 * days would be long closed when their first log is read.
 */
export function timeIn(home: Home, zones: ZoneHistory, now: number): number {
  const truth = readTruth(home.truth);
  return truth === null ? now : Math.min(now, dayInterval(truth.until, zones).untilMs);
}
