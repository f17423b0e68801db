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

function readHex(start: i32, lane: i32): bool {
  let value: u64 = 0;
  let wrong = 0;
  for (let at = start; at < start + DIGITS; at++) {
    const digit = digitOf(load<u8>(at));
    wrong |= digit;
    value = (value << 4) | <u64>digit;
  }
  if (wrong < 0) return false;
  store<u64>(lane, value);
  return true;
}

/** Value of a character as a hex digit, or -1. */
function digitOf(byte: i32): i32 {
  const digit = byte - 0x30;
  if (<u32>digit <= 9) return digit;
  const letter = (byte | 0x20) - 0x61;
  return <u32>letter <= 5 ? letter + 10 : -1;
}
