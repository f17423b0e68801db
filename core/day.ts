/** Arithmetic of the calendar: a day is a text, yyyy-MM-dd. It needs no zone; core/zones.ts says when a day begins. */

export const DAY_MS = 86_400_000;

/** Ends of a range that holds every day. */
export const FIRST_DAY = '0001-01-01';
export const LAST_DAY = '9999-12-31';

/** First millisecond of the day in UTC; NaN for what is no day. */
export const utcStart = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day in UTC that holds an instant. */
export const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The day so many days after (or, with a negative number, before) a day. */
export const addDays = (day: string, days: number): string => utcDay(utcStart(day) + days * DAY_MS);

/** Whether a text names a day of the calendar: Date.parse moves 30 February into March, so it is written back. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = utcStart(text);
  return !Number.isNaN(ms) && utcDay(ms) === text;
}
