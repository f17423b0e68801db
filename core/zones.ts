import { addDays, DAY_MS, utcDay, utcStart } from './day.ts';

/** Zones in force, each with its first day; sorted. The first entry holds for everything before it too. */
export type ZoneHistory = readonly { readonly from: string; readonly zone: string }[];

/** Half-open: `fromMs` belongs to the day, `untilMs` to the next one. */
export interface DayInterval {
  readonly fromMs: number;
  readonly untilMs: number;
}

interface NamedInterval extends DayInterval {
  readonly day: string;
}

/** Every offset in use is a multiple of a quarter of an hour, so a quarter lies in one day. */
const QUARTER_MS = 900_000;

/** The day (yyyy-MM-dd) that holds an instant, in the zone in force then. */
export function dayOf(ms: number, zones: ZoneHistory): string {
  const { quarters } = memoOf(zones);
  const quarter = Math.floor(ms / QUARTER_MS);
  const known = quarters.get(quarter);
  if (known !== undefined && ms >= known.fromMs && ms < known.untilMs) return known.day;
  const found = findInterval(ms, zones);
  quarters.set(quarter, found);
  return found.day;
}

/**
 * Where a day begins and ends; 23 or 25 hours where clocks change. Days are contiguous: the first day of a new zone
 * begins where the old zone ended the day before, so it may be shorter or longer, or even empty.
 */
export function dayInterval(day: string, zones: ZoneHistory): DayInterval {
  return namedInterval(day, zones);
}

/** Local days differ from the UTC day by one at most; the first day of a new zone may stretch that to two. */
function findInterval(ms: number, zones: ZoneHistory): NamedInterval {
  const utc = utcDay(ms);
  for (const shift of [0, -1, 1, -2, 2]) {
    const interval = namedInterval(addDays(utc, shift), zones);
    if (ms >= interval.fromMs && ms < interval.untilMs) return interval;
  }
  throw new Error(`no day holds the instant ${ms}: check the zones ${JSON.stringify(zones)}`);
}

function namedInterval(day: string, zones: ZoneHistory): NamedInterval {
  const { days } = memoOf(zones);
  const known = days.get(day);
  if (known !== undefined) return known;
  const interval = { day, fromMs: startOf(day, zones), untilMs: startOf(addDays(day, 1), zones) };
  days.set(day, interval);
  return interval;
}

/** A day begins at its midnight in the zone of the day before: that is when the day before, already promised, ends. */
function startOf(day: string, zones: ZoneHistory): number {
  const before = addDays(day, -1);
  const own = midnight(day, zoneOn(before, zones));
  return Math.max(own, midnight(before, zoneOn(addDays(before, -1), zones)));
}

function zoneOn(day: string, zones: ZoneHistory): string {
  const inForce = zones.findLast((entry) => entry.from <= day) ?? zones[0];
  if (inForce === undefined) throw new Error('the zone history is empty: give it one zone, such as UTC');
  return inForce.zone;
}

/** First instant whose local date is `day` or later: right for days without a midnight, and for days left out. */
function midnight(day: string, zone: string): number {
  const calendar = calendarOf(zone);
  const utc = utcStart(day);
  let before = utc - DAY_MS;
  let reached = utc + DAY_MS;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (calendar.format(middle) >= day) reached = middle;
    else before = middle;
  }
  return reached;
}

/** Whether the runtime knows a zone of this name. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const calendars = new Map<string, Intl.DateTimeFormat>();

/** Swedish dates are written yyyy-MM-dd. */
function calendarOf(zone: string): Intl.DateTimeFormat {
  const known = calendars.get(zone);
  if (known !== undefined) return known;
  const calendar = new Intl.DateTimeFormat('sv-SE-u-ca-gregory-nu-latn', { timeZone: zone });
  calendars.set(zone, calendar);
  return calendar;
}

interface Memo {
  readonly days: Map<string, NamedInterval>;
  readonly quarters: Map<number, NamedInterval>;
}

const memos = new WeakMap<ZoneHistory, Memo>();

function memoOf(zones: ZoneHistory): Memo {
  const known = memos.get(zones);
  if (known !== undefined) return known;
  const memo: Memo = { days: new Map(), quarters: new Map() };
  memos.set(zones, memo);
  return memo;
}
