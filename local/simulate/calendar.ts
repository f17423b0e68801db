import { addDays } from '../../core/day.ts';
import { dayInterval, dayOf, type ZoneHistory } from '../../core/zones.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';

const HOUR = 3_600_000;

export interface Day {
  readonly day: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The simulated days, and by which clock people are awake. */
export interface Calendar {
  readonly zones: ZoneHistory;
  readonly days: readonly Day[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** Instant of an hour of the scenario's day `number`, 1 being the first. */
  at(number: number, hour: number): number;
  /** Place of the day in `days`; -1 for an instant outside of the simulation. */
  dayIndex(ms: number): number;
  /** Whether a person is about at this moment: by day nearly always, at night seldom. */
  awake(ms: number, random: Random): boolean;
}

/** Share of people about, by hour of the day. */
const AWAKE = [
  0.1, 0.05, 0.03, 0.03, 0.05, 0.15, 0.45, 0.8, 0.95, 1, 1, 0.95, 0.9, 0.95, 0.95, 0.95, 0.9, 0.9, 0.85, 0.85,
  0.85, 0.75, 0.5, 0.25,
];

/** Lays the scenario's days so that they end with `until`, or with the day before `now`. */
export function createCalendar(scenario: Pick<Scenario, 'days' | 'until' | 'zone'>, now: number): Calendar {
  const zones: ZoneHistory = [{ from: '1970-01-01', zone: scenario.zone }];
  const last = scenario.until ?? addDays(dayOf(now, zones), -1);
  const days = Array.from({ length: scenario.days }, (_, place) => {
    const day = addDays(last, place + 1 - scenario.days);
    return { day, ...dayInterval(day, zones) };
  });
  const fromMs = dayInterval(addDays(last, 1 - scenario.days), zones).fromMs;
  const untilMs = dayInterval(last, zones).untilMs;
  const dayIndex = (ms: number) => indexOfDay(days, ms);
  const awake = (ms: number, random: Random) => {
    const hour = Math.floor((ms - (days[dayIndex(ms)]?.fromMs ?? fromMs)) / HOUR);
    return random.chance(AWAKE[hour % 24] ?? 1);
  };
  const at = (number: number, hour: number) => (days[number - 1]?.fromMs ?? untilMs) + hour * HOUR;
  return { zones, days, fromMs, untilMs, at, dayIndex, awake };
}

/** The first of six draws at which a person is about; else the last one. */
export function whenAwake(calendar: Calendar, random: Random, draw: () => number): number {
  let ms = draw();
  for (let tries = 0; tries < 6 && !calendar.awake(ms, random); tries += 1) ms = draw();
  return ms;
}

/** Days last 24 hours or nearly so: the right one is the one guessed or beside it. */
function indexOfDay(days: readonly Day[], ms: number): number {
  const guess = Math.floor((ms - (days[0]?.fromMs ?? 0)) / (24 * HOUR));
  for (const place of [guess, guess - 1, guess + 1]) {
    const day = days[place];
    if (day !== undefined && ms >= day.fromMs && ms < day.untilMs) return place;
  }
  return -1;
}
