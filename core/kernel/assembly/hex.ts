import { TEXT } from './layout';

const DIGITS: i32 = 16;

/** Reads spans of sixteen hex digits, of lines that are not marked, as two words; anything else is no number. */
export function readHexAll(spans: i32, lanes: i32, present: i32, marks: i32, count: i32): void {
  for (let line = 0; line < count; line++) {
    const start = load<i32>(spans + line * 8);
    const end = load<i32>(spans + line * 8, 4);
    if (end - start !== DIGITS || load<u8>(marks + line) !== 0) continue;
    store<u8>(present + line, readHex(TEXT + start, lanes + line * 8) ? 1 : 0);
  }
}

/** All digits at once, since a branch for each would be guessed wrong every third time. */
function readHex(start: i32, lane: i32): bool {
  const text = v128.load(start);
  const digits = i8x16.sub(text, i8x16.splat(0x30));
  const letters = i8x16.sub(v128.or(text, i8x16.splat(0x20)), i8x16.splat(0x61));
  const areDigits = i8x16.lt_u(digits, i8x16.splat(10));
  const areLetters = i8x16.lt_u(letters, i8x16.splat(6));
  if (!i8x16.all_true(v128.or(areDigits, areLetters))) return false;
  const values = v128.bitselect(digits, i8x16.add(letters, i8x16.splat(10)), areDigits);
  store<u64>(lane, bswap(bytesOf(values)));
  return true;
}

/** Two values each as one byte, the first of two in its upper half. */
function bytesOf(values: v128): u64 {
  const pairs = v128.or(i16x8.shl(values, 4), i16x8.shr_u(values, 8));
  const bytes = v128.and(pairs, i16x8.splat(255));
  return i64x2.extract_lane(i8x16.narrow_i16x8_u(bytes, bytes), 0);
}
