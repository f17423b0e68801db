/** Byte strings of at most so many bytes are compared as two words. */
export const SHORT = 8;
const MIX = 0x9e3779b1;
const MIX_HIGH = 0x85ebca77;

/** Bits of the lower and of the upper word that belong to a string of each length. */
const LOW = Int32Array.from({ length: SHORT + 1 }, (_, length) => bits(length));
const HIGH = Int32Array.from({ length: SHORT + 1 }, (_, length) => bits(length - 4));
function bits(bytes: number): number {
  return bytes <= 0 ? 0 : bytes >= 4 ? -1 : 2 ** (bytes * 8) - 1;
}

/** Remembers a number for each short byte string: country codes, methods, statuses and the like. */
export class ShortTable {
  /** Four words for each bucket: lower and upper word, length (0 where it is empty), number. */
  #buckets = new Int32Array(64 * 4);
  #size = 0;
  #low = 0;
  #high = 0;
  #length = 0;
  #bucket = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the string at `start`, or `none`; eight bytes from there must be readable. */
  get(view: DataView, start: number, length: number, none: number): number {
    const low = view.getInt32(start, true) & (LOW[length] as number);
    const high = view.getInt32(start + 4, true) & (HIGH[length] as number);
    const buckets = this.#buckets;
    let bucket = this.#bucket;
    if (buckets[bucket] !== low || buckets[bucket + 1] !== high || buckets[bucket + 2] !== length) {
      bucket = bucketOf(buckets, low, high, length);
      this.#bucket = bucket;
    }
    if (buckets[bucket + 2] !== 0) return buckets[bucket + 3] as number;
    this.#low = low;
    this.#high = high;
    this.#length = length;
    return none;
  }

  /** Notes the number of the string that was asked for last and not known. */
  add(number: number): void {
    if (++this.#size * 8 > this.#buckets.length) this.#spread();
    const bucket = bucketOf(this.#buckets, this.#low, this.#high, this.#length);
    this.#buckets.set([this.#low, this.#high, this.#length, number], bucket);
    this.#bucket = bucket;
  }

  #spread(): void {
    const old = this.#buckets;
    this.#buckets = new Int32Array(old.length * 4);
    for (let at = 0; at < old.length; at += 4) {
      const [low, high, length, number] = old.subarray(at, at + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      if (length !== 0)
        this.#buckets.set([low, high, length, number], bucketOf(this.#buckets, low, high, length));
    }
  }
}

/** Where a string is, or where it would be. */
function bucketOf(buckets: Int32Array, low: number, high: number, length: number): number {
  const mask = buckets.length - 1;
  let hash = Math.imul(low ^ Math.imul(high ^ length, MIX_HIGH), MIX);
  hash ^= hash >>> 15;
  let bucket = (hash << 2) & mask;
  while (
    buckets[bucket + 2] !== 0 &&
    (buckets[bucket] !== low || buckets[bucket + 1] !== high || buckets[bucket + 2] !== length)
  )
    bucket = (bucket + 4) & mask;
  return bucket;
}
