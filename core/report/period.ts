/** Periods of reports: whole days of the data's zone, named as yyyy-MM-dd. No clock and no zone is needed here. */
import { addDays, DAY_MS, isDay, utcStart } from '../day.ts';

export interface Period {
  /** First day. */
  readonly from: string;
  /** Last day, inclusive. */
  readonly until: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const daysBetween = (from: string, until: string): number => (utcStart(until) - utcStart(from)) / DAY_MS;
const dayCount = ({ from, until }: Period): number => daysBetween(from, until) + 1;
const weekday = (day: string): number => new Date(utcStart(day)).getUTCDay();

/** Every day of the period, in order. */
export const daysOf = (period: Period): readonly string[] =>
  Array.from({ length: dayCount(period) }, (_, index) => addDays(period.from, index));

/** The period of equal length that ends on the day before. */
export const previousPeriod = (period: Period): Period => ({
  from: addDays(period.from, -dayCount(period)),
  until: addDays(period.from, -1),
});

/** The period of equal length that begins on the day after. */
export const nextPeriod = (period: Period): Period => ({
  from: addDays(period.until, 1),
  until: addDays(period.until, dayCount(period)),
});

/** Monday to Sunday around a day. */
function weekOf(day: string): Period {
  const from = addDays(day, -((weekday(day) + 6) % 7));
  return { from, until: addDays(from, 6) };
}

/** The last week that is over on a given day. */
export const lastWeek = (today: string): Period => weekOf(addDays(today, -7));

/** ISO 8601: the year and number of the week whose Thursday this week holds. */
function isoWeek(monday: string): { year: number; week: number } {
  const thursday = addDays(monday, 3);
  const year = Number(thursday.slice(0, 4));
  return { year, week: Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1 };
}

/** Reads "2026-W47", "2026-11", "2026-11-16" or "2026-11-16..2026-11-22". */
export function parsePeriod(text: string): Period {
  const period = parseWeek(text) ?? parseMonth(text) ?? parseDays(text);
  if (period !== null) return period;
  throw new Error(
    `a period is a week (2026-W47), a month (2026-11), a day (2026-11-16) or two days (2026-11-16..2026-11-22), got "${text}"`,
  );
}

function parseWeek(text: string): Period | null {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return null;
  // The fourth of January always lies in week 1.
  const period = weekOf(addDays(`${year}-01-04`, 7 * (Number(week) - 1)));
  return isoWeek(period.from).week === Number(week) ? period : null;
}

function parseMonth(text: string): Period | null {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return null;
  const from = `${text}-01`;
  return { from, until: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
}

function parseDays(text: string): Period | null {
  const [from = '', until = from, ...rest] = text.split('..');
  return rest.length === 0 && isDay(from) && isDay(until) && from <= until ? { from, until } : null;
}

/** "Week 47", "November"-like names only where the period is one; else null. */
export function periodTitle(period: Period): string | null {
  const week = weekOf(period.from);
  if (week.from === period.from && week.until === period.until) return `Week ${isoWeek(period.from).week}`;
  const month = parseMonth(period.from.slice(0, 7));
  if (month?.from === period.from && month.until === period.until) return formatMonth(period.from);
  return null;
}

const formatMonth = (day: string): string => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** "16–22 Nov 2026", as short as the two days allow. */
export function periodDates({ from, until }: Period): string {
  const last = `${Number(until.slice(8))} ${formatMonth(until)}`;
  if (from === until) return last;
  const first = Number(from.slice(8));
  if (from.slice(0, 7) === until.slice(0, 7)) return `${first}–${last}`;
  const month = formatMonth(from);
  return `${first} ${from.slice(0, 4) === until.slice(0, 4) ? month.slice(0, 3) : month} – ${last}`;
}

/** "the week before", "the day before", "the 14 days before". */
export function beforeWords(period: Period): string {
  const days = dayCount(period);
  if (days === 1) return 'the day before';
  return days === 7 ? 'the week before' : `the ${days} days before`;
}

/** "Mon 16". */
export const shortDay = (day: string): string => `${WEEKDAYS[weekday(day)]} ${Number(day.slice(8))}`;

/** "Mon 16 Nov". */
export const longDay = (day: string): string => `${shortDay(day)} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
