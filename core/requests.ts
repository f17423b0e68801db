/** CloudFront's own counts of requests: which hours are asked for, and what becomes of the answer. */
import { DAY_MS } from './day.ts';
import { fillLists } from './merge/sql-lists.ts';
import { dayOf, type ZoneHistory } from './zones.ts';

export const HOUR_MS = 3_600_000;

/** Counts are asked by quarters of an hour: a day of any zone begins at one. */
export const QUARTER_SECONDS = 900;

/** Counts may still grow after the hour, and a merge may not have run for days. */
const DAYS_BACK = 7;

/** Requests of a quarter of an hour, as CloudWatch answers them. */
export interface RequestPoint {
  /** First millisecond since 1970 UTC. */
  readonly atMs: number;
  readonly requests: number;
}

/** A row of the table `requests`. */
export interface RequestHour {
  /** First millisecond of the hour since 1970 UTC. */
  readonly hourMs: number;
  readonly requests: number;
  readonly day: string;
}

/** The whole hours of the last days: half-open, in milliseconds since 1970 UTC. */
export function requestWindow(now: number): { readonly fromMs: number; readonly untilMs: number } {
  const untilMs = now - (now % HOUR_MS);
  return { fromMs: untilMs - DAYS_BACK * DAY_MS, untilMs };
}

/**
 * Adds quarters up to hours of a day, sorted. An hour without a quarter had no request, or nobody knows yet: it gets no
 * row. Where a day begins within an hour, that hour has a row in both days.
 */
export function requestHours(points: readonly RequestPoint[], zones: ZoneHistory): readonly RequestHour[] {
  const hours = new Map<string, RequestHour>();
  for (const { atMs, requests } of points) {
    const day = dayOf(atMs, zones);
    const hourMs = atMs - (atMs % HOUR_MS);
    const key = `${hourMs} ${day}`;
    hours.set(key, { hourMs, day, requests: (hours.get(key)?.requests ?? 0) + Math.round(requests) });
  }
  return [...hours.values()].sort((a, b) => a.hourMs - b.hourMs || (a.day < b.day ? -1 : 1));
}

/** The MERGE that keeps the hours; null where there is none to keep. */
export function requestsStatement(sql: string, hours: readonly RequestHour[]): string | null {
  if (hours.length === 0) return null;
  return fillLists(sql, {
    days: [...new Set(hours.map(({ day }) => day))],
    hours: hours.map(({ hourMs, requests, day }) => `(${hourMs}, ${requests}, '${day}')`),
  });
}

/** Requests of the last whole hour. */
export const lastHour = (hours: readonly RequestHour[], now: number): number =>
  hours
    .filter(({ hourMs }) => hourMs === requestWindow(now).untilMs - HOUR_MS)
    .reduce((sum, { requests }) => sum + requests, 0);
