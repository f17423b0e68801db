import { equal, hashOf } from './bytes';
import { BUCKET_ENTRIES, BUCKETS, KNOWN, KNOWN_ROOM, LAST_ENTRIES, LASTS, MOST_KNOWN, TEXT } from './layout';

/** Words of an entry, whose bytes stand behind them: hash, dictionary, length of its bytes, number. */
const DICTIONARY: i32 = 4;
const LENGTH: i32 = 8;
const NUMBER: i32 = 12;
const BYTES: i32 = 16;

/** Stands for a byte string that is not known. */
export const UNKNOWN: i32 = -2;

let size: i32 = 0;
let used: i32 = 0;

/** The number of `text[start, end)` in a dictionary, or UNKNOWN. */
export function find(dictionary: i32, start: i32, end: i32): i32 {
  const entry = entryOf(dictionary, TEXT + start, end - start);
  return entry === 0 ? UNKNOWN : load<i32>(entry, NUMBER);
}

/**
 * Writes the numbers of the spans of lines `[line, until)`, but of empty spans and of marked lines; returns the first
 * line whose bytes are not known, or `until`.
 */
export function findAll(dictionary: i32, spans: i32, ids: i32, marks: i32, line: i32, until: i32): i32 {
  for (; line < until; line++) {
    const start = load<i32>(spans + line * 8);
    const end = load<i32>(spans + line * 8, 4);
    if (end <= start || load<u8>(marks + line) !== 0) continue;
    const entry = entryOf(dictionary, TEXT + start, end - start);
    if (entry === 0) return line;
    store<i32>(ids + line * 4, load<i32>(entry, NUMBER));
  }
  return until;
}

/** Remembers a number; what is known is forgotten when there is too much of it. */
export function learn(dictionary: i32, start: i32, end: i32, number: i32): void {
  const length = end - start;
  // Entries begin at multiples of eight.
  const room = (BYTES + length + 7) & -8;
  if (size === MOST_KNOWN || used + room > KNOWN_ROOM) forget();
  const hash = hashOf(TEXT + start, length, dictionary);
  const entry = KNOWN + used;
  store<u32>(entry, hash);
  store<i32>(entry, dictionary, DICTIONARY);
  store<i32>(entry, length, LENGTH);
  store<i32>(entry, number, NUMBER);
  memory.copy(entry + BYTES, TEXT + start, length);
  size++;
  used += room;
  let bucket = bucketOf(hash);
  while (load<i32>(bucket) !== 0) bucket = next(bucket);
  store<i32>(bucket, entry);
}

function forget(): void {
  memory.fill(BUCKET_ENTRIES, 0, BUCKETS * 4);
  memory.fill(LAST_ENTRIES, 0, LASTS * 4);
  size = 0;
  used = 0;
}

/** Tries the entry of before first: many fields hardly ever change from line to line. */
function entryOf(dictionary: i32, start: i32, length: i32): i32 {
  const slot = LAST_ENTRIES + (dictionary & (LASTS - 1)) * 4;
  const last = load<i32>(slot);
  if (last !== 0 && isAt(last, dictionary, start, length)) return last;
  const hash = hashOf(start, length, dictionary);
  for (let bucket = bucketOf(hash); ; bucket = next(bucket)) {
    const entry = load<i32>(bucket);
    if (entry === 0) return 0;
    if (load<u32>(entry) !== hash || !isAt(entry, dictionary, start, length)) continue;
    store<i32>(slot, entry);
    return entry;
  }
}

function isAt(entry: i32, dictionary: i32, start: i32, length: i32): bool {
  return (
    load<i32>(entry, LENGTH) === length &&
    load<i32>(entry, DICTIONARY) === dictionary &&
    equal(entry + BYTES, start, length)
  );
}

function bucketOf(hash: u32): i32 {
  return BUCKET_ENTRIES + (hash & (BUCKETS - 1)) * 4;
}

function next(bucket: i32): i32 {
  return bucket + 4 === BUCKET_ENTRIES + BUCKETS * 4 ? BUCKET_ENTRIES : bucket + 4;
}
