import { EDGES, MARKS, PLAN, SPANS, STEP_8, TEXT } from './layout';

const TAB: u32 = 0x09;
const NEWLINE: u32 = 0x0a;
const RETURN: u32 = 0x0d;
const HASH: u32 = 0x23;
const DASH: u32 = 0x2d;
/** Bytes that are looked at together. */
const STEP: i32 = 16;

/** How many lines the last scan noted. */
export let count: i32 = 0;

let most: i32 = 0;
let columns: i32 = 0;
/** Where the line at hand begins, which column of it comes next, and where that begins. */
let start: i32 = 0;
let column: i32 = 0;
let begin: i32 = 0;

/**
 * Notes lines and their columns in the first `length` bytes of the text; empty lines are none. It ends after `lines`
 * lines, before a comment, or before a line that is not whole; returns how many bytes are done.
 */
export function scan(length: i32, lines: i32, width: i32): i32 {
  const last = TEXT + length;
  most = lines;
  columns = width;
  count = 0;
  startLine(TEXT);
  for (let at = TEXT; at < last; at += STEP) {
    for (let found = controlsAt(at, last); found !== 0; found &= found - 1) {
      if (!pass(at + ctz(found))) return start - TEXT;
    }
  }
  return start - TEXT;
}

/** A bit for each control character: tabs and line breaks are below 14, all else that CloudFront writes is above. */
function controlsAt(at: i32, last: i32): i32 {
  const found = i8x16.bitmask(i8x16.lt_u(v128.load(at), i8x16.splat(<i8>RETURN + 1)));
  return at + STEP > last ? found & ((1 << (last - at)) - 1) : found;
}

/** Passes a control character; false where the block ends behind it. */
function pass(place: i32): bool {
  const byte: u32 = load<u8>(place);
  if (byte === TAB) endColumn(place);
  if (byte !== NEWLINE) return true;
  if (!isBlank(place)) endLine(place);
  startLine(place + 1);
  return count < most && load<u8>(start) !== HASH;
}

function startLine(at: i32): void {
  start = at;
  begin = at;
  column = 0;
}

function isBlank(end: i32): bool {
  return end === start || (end === start + 1 && load<u8>(start) === RETURN);
}

/** Ends a line with its last column; it is marked where it has fewer columns than its header. */
function endLine(stop: i32): void {
  const end = load<u8>(stop - 1) === RETURN ? stop - 1 : stop;
  begin = min(begin, end);
  endColumn(end);
  store<u8>(MARKS + count, column < columns ? 1 : 0);
  while (column < columns) {
    begin = TEXT;
    endColumn(TEXT);
  }
  store<i32>(EDGES + count * 8, start - TEXT);
  store<i32>(EDGES + count * 8, end - TEXT, 4);
  count++;
}

function endColumn(end: i32): void {
  if (column < columns) noteColumn(load<i32>(PLAN + column * 4), end);
  column++;
  begin = end + 1;
}

function noteColumn(field: i32, end: i32): void {
  if (field < 0) return;
  // `-` is CloudFront's word for no value.
  const isNone = end - begin === 1 && load<u8>(begin) === DASH;
  const span = SPANS + field * STEP_8 + count * 8;
  store<i32>(span, isNone ? 0 : begin - TEXT);
  store<i32>(span, isNone ? 0 : end - TEXT, 4);
}
