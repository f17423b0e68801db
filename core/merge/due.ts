/** What the age of a day asks for: whether it is sealed, without user agents, or expired follows from the run's one `now`. */
import type { Config } from '../config.ts';
import { addDays, DAY_MS, FIRST_DAY } from '../day.ts';
import { dayOf, type ZoneHistory } from '../zones.ts';

/** Days, yyyy-MM-dd. */
export interface Due {
  /** Last sealed day: three days or more have passed since it was over, so its rows hold no hash that could link them. */
  readonly sealed: string;
  /** Last day whose rows have no user agent, signals and input_id any more. */
  readonly aged: string;
  /** First day whose events are kept. */
  readonly eventsFrom: string;
  /** First day whose counts are kept. */
  readonly countsFrom: string;
}

/** Nothing is old: for work that has no clock. */
export const NOTHING_DUE: Due = {
  sealed: FIRST_DAY,
  aged: FIRST_DAY,
  eventsFrom: FIRST_DAY,
  countsFrom: FIRST_DAY,
};

/** Lines without any usable time have this day, which is no day's age: it never expires. */
export const UNDATED = '1970-01-01';

/** What late logs are given to come in before the numbers of a day are closed. */
const SEAL_AFTER_DAYS = 3;
/** A campaign's own key lives 30 days at most; one more for a changed zone. */
export const LIFE_DAYS = 31;

/** The last day that is sealed at an instant. */
export const sealedOn = (now: number, zones: ZoneHistory): string =>
  addDays(dayOf(now - SEAL_AFTER_DAYS * DAY_MS, zones), -1);

/** @param now milliseconds since 1970 */
export function dueAt(now: number, zones: ZoneHistory, retention: Config['retention']): Due {
  const today = dayOf(now, zones);
  return {
    sealed: sealedOn(now, zones),
    aged: addDays(today, -retention.userAgentDays - 1),
    eventsFrom: monthsBefore(today, retention.eventMonths),
    countsFrom: monthsBefore(today, retention.countYears * 12),
  };
}

/** Whether rows of a day are still taken in. */
export const isKept = (day: string, { eventsFrom }: Pick<Due, 'eventsFrom'>): boolean =>
  day === UNDATED || day >= eventsFrom;

/** The same day of an earlier month, or the first of the month after it where that has no such day. */
function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, date)).toISOString().slice(0, 10);
}
