import type { Config } from '../core/config.ts';
import { type Due, dueAt } from '../core/merge/due.ts';
import { dayInterval, type ZoneHistory } from '../core/zones.ts';
import type { Home } from './home.ts';
import { readZones } from './registry-files.ts';
import { readTruth } from './simulate/truth-file.ts';

/** How time passes in a home folder. */
export interface Clock {
  readonly zones: ZoneHistory;
  /** Milliseconds since 1970. */
  now(): number;
  /** What is old by now. */
  due(): Due;
}

/**
 * The clock of a home folder; where its logs are a simulation's it stands at the first day of that. All of those come at
 * once, and with the time of the day most of them would come too late to count displays.
 */
export function clockOf(home: Home, { timeZone, retention }: Config, time: () => number = Date.now): Clock {
  const zones = readZones(home, timeZone);
  const truth = readTruth(home.truth);
  const latest = truth === null ? Number.POSITIVE_INFINITY : dayInterval(truth.from, zones).fromMs;
  const now = (): number => Math.min(time(), latest);
  return { zones, now, due: () => dueAt(now(), zones, retention) };
}
