import { addDays } from '../day.ts';
import { dayInterval, dayOf, type ZoneHistory } from '../zones.ts';

/** One day's interval and hash key, as the edge reads it from the store. */
export interface DayKey {
  readonly day: string;
  readonly from_ms: number;
  readonly until_ms: number;
  /** 64 hex digits, used as text. */
  readonly key: string;
}

/** Written two days ahead: at most yesterday's remainder, today, and the two days to come are in the store. */
const DAYS_AHEAD = 2;
const MOST = 4;

/** Intervals of the store's entry; none where it is missing or broken. */
export function readDayKeys(value: string | undefined): readonly DayKey[] {
  if (value === undefined) return [];
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.filter(isDayKey) : [];
  } catch {
    return [];
  }
}

/** Keeps written keys as they are, drops days that are over, appends the days still missing. */
export function planDayKeys(
  written: readonly DayKey[],
  {
    now,
    zones,
    newKey,
  }: { readonly now: number; readonly zones: ZoneHistory; readonly newKey: () => string },
): readonly DayKey[] {
  const keys = written.filter((key) => key.until_ms > now);
  const last = addDays(dayOf(now, zones), DAYS_AHEAD);
  for (let day = nextDay(keys, now, zones); day <= last && keys.length < MOST; day = addDays(day, 1)) {
    const { fromMs, untilMs } = dayInterval(day, zones);
    // Where the zones were changed under written keys, what was promised stays: the next day begins where they end.
    const from_ms = keys.at(-1)?.until_ms ?? fromMs;
    if (untilMs > from_ms) keys.push({ day, from_ms, until_ms: untilMs, key: newKey() });
  }
  return keys;
}

/** Days after this one that have a key. */
export const keysAhead = (keys: readonly DayKey[], now: number): number =>
  keys.filter(({ from_ms }) => from_ms > now).length;

function nextDay(keys: readonly DayKey[], now: number, zones: ZoneHistory): string {
  const last = keys.at(-1);
  return last === undefined ? dayOf(now, zones) : addDays(last.day, 1);
}

function isDayKey(value: unknown): value is DayKey {
  if (typeof value !== 'object' || value === null) return false;
  const { day, from_ms, until_ms, key } = value as Partial<Record<keyof DayKey, unknown>>;
  return (
    typeof day === 'string' &&
    typeof from_ms === 'number' &&
    typeof until_ms === 'number' &&
    typeof key === 'string' &&
    key !== ''
  );
}
