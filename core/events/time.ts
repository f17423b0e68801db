import { isDay, utcStart } from '../day.ts';
import { type Draft, dropLine, readField, spansOf } from './draft.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const COLON = 0x3a;
/** CloudFront delays lines by up to a day; the raw logs and their queue live shorter than this. */
const OLDEST = 35 * DAY;
const LATEST = Date.UTC(9999, 0);

/** Reads the time of each line; a line without a possible one is a drop. */
export function readTimes(draft: Draft): void {
  const { lines, ms } = draft;
  readMilliseconds(draft);
  readSeconds(draft);
  const [oldest, latest] = window(draft);
  for (let line = 0; line < lines.count; line++) {
    const time = ms[line] as number;
    if (time >= oldest && time <= latest) continue;
    dropLine(draft, line, 'bad_time');
    ms[line] = Number.NaN;
  }
}

function readMilliseconds({ drop, lines, ms }: Draft): void {
  const spans = spansOf(lines, 'timestamp-ms');
  if (spans.length === 0) return;
  for (let line = 0; line < lines.count; line++) {
    const start = spans[line * 2] as number;
    const end = spans[line * 2 + 1] as number;
    if (end > start && drop[line] === 0) ms[line] = readDigits(lines.text, start, end);
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

/** Lines without `timestamp(ms)` have `timestamp`, or date and time. */
function readSeconds(draft: Draft): void {
  const { columns, drop, lines, ms } = draft;
  const stamps = spansOf(lines, 'timestamp');
  const clocks = spansOf(lines, 'time');
  if (stamps.length === 0 && clocks.length === 0) return;
  readField(draft, 'date', 'date');
  const { ids, dictionary } = columns.date;
  const dates = dictionary.values.list;
  for (let line = 0; line < lines.count; line++) {
    if (drop[line] !== 0 || !Number.isNaN(ms[line])) continue;
    const [start, end] = [stamps[line * 2] ?? 0, stamps[line * 2 + 1] ?? 0];
    const stamp = end > start ? readTimestamp(lines.text.toString('latin1', start, end)) : Number.NaN;
    const date = dates[ids[line] as number];
    if (!Number.isNaN(stamp)) ms[line] = stamp;
    else if (date !== undefined && clocks.length > 0)
      ms[line] = date + readClock(lines.text, clocks[line * 2] as number, clocks[line * 2 + 1] as number);
  }
}

/** `timestamp` counts seconds, with or without a fraction. */
export function readTimestamp(raw: string): number {
  return /^\d{1,12}(?:\.\d{1,9})?$/.test(raw) ? Math.round(Number(raw) * SECOND) : Number.NaN;
}

/** A day that exists in the calendar, as milliseconds of its first instant in UTC. */
export const readDate = (raw: string): number => (isDay(raw) ? utcStart(raw) : Number.NaN);

/** A time of day, `hh:mm:ss` at `text[start, end)`, in milliseconds. */
export function readClock(text: Uint8Array, start: number, end: number): number {
  if (end - start !== 8 || text[start + 2] !== COLON || text[start + 5] !== COLON) return Number.NaN;
  const hours = readPair(text, start, 23);
  const minutes = readPair(text, start + 3, 59);
  const seconds = readPair(text, start + 6, 59);
  return ((hours * 60 + minutes) * 60 + seconds) * SECOND;
}

/** Two digits. */
function readPair(text: Uint8Array, at: number, most: number): number {
  const tens = (text[at] as number) - 0x30;
  const ones = (text[at + 1] as number) - 0x30;
  const value = tens * 10 + ones;
  return tens < 0 || ones < 0 || ones > 9 || value > most ? Number.NaN : value;
}

/** Own logs hold lines of around the hour in their name; whatever else can be read at all may be imported. */
function window(draft: Draft): readonly [number, number] {
  const hour = draft.settings.import === undefined ? hourOfName(draft.object) : null;
  return hour === null ? [0, LATEST] : [hour - OLDEST, hour + HOUR + DAY];
}

const IN_FILE_NAME = /\.(\d{4}-\d{2}-\d{2})-([01]\d|2[0-3])\.[^/]*$/;
const IN_FOLDERS = /(?:^|\/)(\d{4})\/(\d{2})\/(\d{2})\/([01]\d|2[0-3])\/[^/]*$/;

/**
 * The hour (UTC) in a log object's name, in milliseconds; null without one. It stands in the file's name
 * (`DISTRIBUTION.yyyy-MM-dd-HH.UNIQUE.gz`) or in its folders (`yyyy/MM/dd/HH/`): AWS documents no name below these.
 */
export function hourOfName(object: string): number | null {
  const [, day = '', hour = ''] = IN_FILE_NAME.exec(object) ?? [];
  const [, year, month, dayOfMonth, folder] = IN_FOLDERS.exec(object) ?? [];
  const inName = readDate(day) + Number(hour) * HOUR;
  const ms = Number.isNaN(inName)
    ? readDate(`${year}-${month}-${dayOfMonth}`) + Number(folder) * HOUR
    : inName;
  return Number.isNaN(ms) ? null : ms;
}
