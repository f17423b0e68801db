import { TEXT } from './layout';

// The hash of core/hash.ts, for a field of all lines. Stored data depends on both being the same.

const ODD_A: u32 = 0x9e3779b1;
const ODD_B: u32 = 0x85ebca77;
const ODD_C: u32 = 0xc2b2ae3d;

/** Hashes the span of each line into the two words that a line has in `lanes`. */
export function hashAll(spans: i32, lanes: i32, count: i32): void {
  for (let line = 0; line < count; line++) {
    const start = TEXT + load<i32>(spans + line * 8);
    const end = TEXT + load<i32>(spans + line * 8, 4);
    hashTo(lanes + line * 8, start, end);
  }
}

function hashTo(lane: i32, start: i32, end: i32): void {
  let low = ODD_A;
  let high = ODD_B ^ (end - start);
  let at = start;
  for (; at + 8 <= end; at += 8) {
    low = rotl((low ^ load<u32>(at)) * ODD_B, 15) + high;
    high = rotl((high ^ load<u32>(at, 4)) * ODD_C, 13) ^ low;
  }
  const middle = min(at + 4, end);
  low = rotl((low ^ lastWord(at, middle)) * ODD_B, 15) + high;
  high = rotl((high ^ lastWord(middle, end)) * ODD_C, 13) ^ low;
  low = avalanche(low + rotl(high, 7));
  high = avalanche(high + low);
  store<u32>(lane, low ^ rotl(high, 11));
  store<u32>(lane, high, 4);
}

function avalanche(word: u32): u32 {
  let x = word;
  x = (x ^ (x >> 15)) * ODD_B;
  x = (x ^ (x >> 13)) * ODD_C;
  return x ^ (x >> 16);
}

/** Up to four bytes as a little-endian word. */
function lastWord(start: i32, end: i32): u32 {
  const bits = (end - start) * 8;
  return bits === 32 ? load<u32>(start) : load<u32>(start) & ((1 << bits) - 1);
}
