import { equal } from './bytes';
import { FINDER_HEAD, FOUND, HEADS, NAME_BYTES, STEP_8, TAILS, TEXT } from './layout';

/** Words of a finder: how many names it has, how many of these are names of heads, the length of the tail before. */
const HEAD_NAMES: i32 = 4;
const LAST_TAIL: i32 = 8;
/** Behind its length each name has its bytes, with their equals sign. */
const NAME: i32 = 4;

const AMPERSAND: u32 = 0x26;
const STEP: i32 = 16;

/**
 * Splits the span of each line that is not marked. Its head is the pairs with names of heads that it begins with, so that
 * thousands of lines have the same; its tail is the rest, where a guess by the line before may say that it begins later.
 */
export function split(finder: i32, spans: i32, marks: i32, count: i32): void {
  for (let line = 0; line < count; line++) {
    if (load<u8>(marks + line) !== 0) continue;
    const start = load<i32>(spans + line * 8);
    const end = load<i32>(spans + line * 8, 4);
    const stop = endOfHead(finder, TEXT + start, TEXT + end) - TEXT;
    store<i32>(HEADS + line * 8, start);
    store<i32>(HEADS + line * 8, stop, 4);
    store<i32>(TAILS + line * 8, stop === start ? start : min(stop + 1, end));
    store<i32>(TAILS + line * 8, end, 4);
  }
}

function endOfHead(finder: i32, start: i32, end: i32): i32 {
  if (!isHeadName(finder, start, end)) return start;
  const guess = end - load<i32>(finder, LAST_TAIL);
  if (guess > start && guess < end && load<u8>(guess) === AMPERSAND && !isHeadName(finder, guess + 1, end))
    return guess;
  let at = nextAmpersand(start, end);
  while (at < end && isHeadName(finder, at + 1, end)) at = nextAmpersand(at + 1, end);
  store<i32>(finder, end - at, LAST_TAIL);
  return at;
}

function isHeadName(finder: i32, at: i32, end: i32): bool {
  return nameAt(finder, 0, load<i32>(finder, HEAD_NAMES), at, end) >= 0;
}

/**
 * Finds the values of the names in the spans of lines `[line, until)` that are not marked: start and end of each in the
 * array of its name, 0 where there is none. The first of several counts. Returns a bit for each name that any line has.
 */
export function findPairs(finder: i32, spans: i32, marks: i32, line: i32, until: i32): i32 {
  const names = load<i32>(finder);
  let seen = 0;
  for (; line < until; line++) {
    if (load<u8>(marks + line) !== 0) continue;
    for (let name = 0; name < names; name++) store<i64>(FOUND + name * STEP_8 + line * 8, 0);
    const start = TEXT + load<i32>(spans + line * 8);
    seen |= findIn(finder, start, TEXT + load<i32>(spans + line * 8, 4), FOUND + line * 8);
  }
  return seen;
}

function findIn(finder: i32, start: i32, end: i32, found: i32): i32 {
  let seen = 0;
  for (let at = start; at < end; ) {
    const name = anyNameAt(finder, at, end);
    const last = nextAmpersand(at, end);
    if (name >= 0) {
      const begin = at + load<i32>(finder + FINDER_HEAD + name * NAME_BYTES);
      seen |= note(found + name * STEP_8, begin, last) ? 1 << name : 0;
    }
    at = last + 1;
  }
  return seen;
}

function note(span: i32, begin: i32, end: i32): bool {
  if (begin === end || load<i32>(span, 4) !== 0) return false;
  store<i32>(span, begin - TEXT);
  store<i32>(span, end - TEXT, 4);
  return true;
}

/** Looks for the names of tails first: heads are known for the most part. */
function anyNameAt(finder: i32, at: i32, end: i32): i32 {
  const heads = load<i32>(finder, HEAD_NAMES);
  const name = nameAt(finder, heads, load<i32>(finder), at, end);
  return name >= 0 ? name : nameAt(finder, 0, heads, at, end);
}

function nameAt(finder: i32, from: i32, until: i32, at: i32, end: i32): i32 {
  for (let name = from; name < until; name++) {
    const place = finder + FINDER_HEAD + name * NAME_BYTES;
    const length = load<i32>(place);
    if (at + length <= end && equal(place + NAME, at, length)) return name;
  }
  return -1;
}

function nextAmpersand(start: i32, end: i32): i32 {
  for (let at = start; at < end; at += STEP) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(<i8>AMPERSAND)));
    if (found !== 0) return min(at + ctz(found), end);
  }
  return end;
}
