import { type Draft, dropLine, type Numbered, readField, spansOf } from './draft.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** CloudFront delays lines by up to a day; the raw logs and their queue live shorter than this. */
const OLDEST = 35 * DAY;
const LATEST = Date.UTC(9999, 0);

/** Reads the time of each line; a line without a possible one is a drop. */
export function readTimes(draft: Draft): void {
  const { ms, drop } = draft;
  readStamps(draft);
  const [from, until] = window(draft);
  for (let line = 0; line < ms.length; line++) {
    const time = ms[line] as number;
    if (time >= from && time <= until) continue;
    if (drop[line] === 0) dropLine(draft, line, 'bad_time');
    ms[line] = Number.NaN;
  }
}

function readStamps(draft: Draft): void {
  readMilliseconds(draft);
  if (!draft.ms.some(Number.isNaN)) return;
  const stamps = readField(draft, 'timestamp', readTimestamp);
  const dates = readField(draft, 'date', readDate);
  const times = readField(draft, 'time', readClock);
  for (let line = 0; line < draft.ms.length; line++) {
    if (!Number.isNaN(draft.ms[line])) continue;
    const stamp = pick(stamps, line);
    draft.ms[line] = Number.isNaN(stamp) ? pick(dates, line) + pick(times, line) : stamp;
  }
}

const pick = (column: Numbered<number>, line: number): number =>
  column.values[column.ids[line] ?? -1] ?? Number.NaN;

/** `timestamp(ms)` differs from line to line, so its digits are read in place. */
function readMilliseconds(draft: Draft): void {
  const { text, count } = draft.lines;
  const spans = spansOf(draft.lines, 'timestamp-ms');
  for (let line = 0; line < count; line++) {
    const start = spans[line * 2] as number;
    const end = spans[line * 2 + 1] as number;
    if (end > start && draft.drop[line] === 0) draft.ms[line] = readDigits(text, start, end);
  }
}

function readDigits(text: Uint8Array, start: number, end: number): number {
  if (end - start > 15) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (text[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** `timestamp` counts seconds, with or without a fraction. */
export function readTimestamp(raw: string): number {
  return /^\d{1,12}(?:\.\d{1,9})?$/.test(raw) ? Math.round(Number(raw) * SECOND) : Number.NaN;
}

/** A day that exists in the calendar, as milliseconds of its first instant in UTC. */
export function readDate(raw: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(raw)) return Number.NaN;
  const ms = Date.parse(`${raw}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(raw) ? ms : Number.NaN;
}

/** A time of day in milliseconds. */
export function readClock(raw: string): number {
  const [, hours, minutes, seconds] = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(raw) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * SECOND;
}

/** Own logs hold lines of around the hour in their name; whatever else can be read at all may be imported. */
function window(draft: Draft): readonly [number, number] {
  const hour = draft.settings.import === undefined ? hourOfName(draft.object) : null;
  return hour === null ? [0, LATEST] : [hour - OLDEST, hour + HOUR + DAY];
}

const NAME_TIME = /\.(\d{4}-\d{2}-\d{2})-([01]\d|2[0-3])\.[^/]*$/;

/** The hour in a log object's name (`DISTRIBUTION.yyyy-MM-dd-HH.UNIQUE.gz`, UTC), in milliseconds; null without one. */
export function hourOfName(object: string): number | null {
  const [, day = '', hour = ''] = NAME_TIME.exec(object) ?? [];
  const ms = readDate(day) + Number(hour) * HOUR;
  return Number.isNaN(ms) ? null : ms;
}
