import { dayInterval, type ZoneHistory } from '../core/zones.ts';
import type { Home } from './home.ts';
import { readTruth } from './simulate/truth-file.ts';

/**
 * The time that a home folder lives in: `now`, or where its logs are a simulation's the first day of that. All of those
 * come at once, and with the clock of the day most of them would come too late to count displays.
 */
export function timeIn(home: Home, zones: ZoneHistory, now: number): number {
  const truth = readTruth(home.truth);
  return truth === null ? now : Math.min(now, dayInterval(truth.from, zones).fromMs);
}
