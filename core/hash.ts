/**
 * A signed 64-bit hash of bytes: identity of loads, drop rows and inputs of stage A. It is part of the stored data, so
 * it must never change. Not cryptographic; whatever must not be guessed goes through an HMAC instead.
 */

const ODD_A = 0x9e3779b1;
const ODD_B = 0x85ebca77;
const ODD_C = 0xc2b2ae3d;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** Spreads every bit of a word over all of them. */
function avalanche(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 15), ODD_B);
  x = Math.imul(x ^ (x >>> 13), ODD_C);
  return x ^ (x >>> 16);
}

/** Reads up to four bytes as a little-endian word. */
function lastWord(view: DataView, start: number, end: number): number {
  let word = 0;
  for (let at = end - 1; at >= start; at--) word = (word << 8) | view.getUint8(at);
  return word;
}

/**
 * Hashes `view[start, end)` into two words of `lanes`: low at `at`, high at `at + 1`. On little-endian machines these
 * two are one element of a BigInt64Array over the same buffer. `salt` tells otherwise equal inputs apart.
 */
export function hashRange(
  view: DataView,
  start: number,
  end: number,
  lanes: Int32Array,
  at: number,
  salt = 0,
): void {
  let low = ODD_A ^ salt;
  let high = ODD_B ^ (end - start);
  let p = start;
  for (; p + 8 <= end; p += 8) {
    low = (rotate(Math.imul(low ^ view.getInt32(p, true), ODD_B), 15) + high) | 0;
    high = rotate(Math.imul(high ^ view.getInt32(p + 4, true), ODD_C), 13) ^ low;
  }
  const middle = Math.min(p + 4, end);
  low = (rotate(Math.imul(low ^ lastWord(view, p, middle), ODD_B), 15) + high) | 0;
  high = rotate(Math.imul(high ^ lastWord(view, middle, end), ODD_C), 13) ^ low;
  low = avalanche(low + rotate(high, 7));
  high = avalanche(high + low);
  lanes[at] = low ^ rotate(high, 11);
  lanes[at + 1] = high;
}

/** The same hash of bytes, or of a text's UTF-8 bytes, as two words. */
export function hashText(text: string | Uint8Array, lanes: Int32Array, at: number, salt = 0): void {
  const bytes = Buffer.from(text as string);
  hashRange(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length, lanes, at, salt);
}

/** The same hash as one signed number. */
export function hash64(text: string | Uint8Array, salt = 0): bigint {
  const value = new BigInt64Array(1);
  hashText(text, new Int32Array(value.buffer), 0, salt);
  return value[0] ?? 0n;
}
