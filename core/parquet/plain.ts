/** Parquet's plain encoding, with the bounds of the values: what dictionary pages and simple data pages hold. */

export type Numbers = BigInt64Array | Int32Array | Uint8Array;

/** Smallest and largest value, in plain encoding but texts without their length. */
export interface Bounds {
  readonly min: Buffer;
  readonly max: Buffer;
}

/** Longer texts are no use as bounds and would swell the footer. */
const LONGEST_BOUND = 1_024;
const LENGTH = 4;

/** Each text after its length in bytes. */
export class PlainTexts {
  readonly bytes: Buffer;
  readonly #starts: Int32Array;

  constructor(texts: readonly string[]) {
    this.#starts = new Int32Array(texts.length + 1);
    texts.forEach((text, index) => {
      this.#starts[index + 1] = (this.#starts[index] as number) + LENGTH + Buffer.byteLength(text);
    });
    this.bytes = Buffer.allocUnsafe(this.#starts[texts.length] as number);
    texts.forEach((text, index) => {
      const at = this.#starts[index] as number;
      this.bytes.writeInt32LE((this.#starts[index + 1] as number) - at - LENGTH, at);
      this.bytes.write(text, at + LENGTH);
    });
  }

  /** The texts of these numbers, one after the other. */
  repeat(indexes: Int32Array): Buffer {
    const size = indexes.reduce((sum, index) => sum + this.#end(index) - this.#start(index) + LENGTH, 0);
    const out = Buffer.allocUnsafe(size);
    let at = 0;
    for (const index of indexes)
      at += this.bytes.copy(out, at, this.#start(index) - LENGTH, this.#end(index));
    return out;
  }

  /** Bounds in the order of UTF-8 bytes. */
  bounds(): Bounds | null {
    let min = 0;
    let max = 0;
    for (let index = 1; index + 1 < this.#starts.length; index++) {
      if (this.#compare(index, min) < 0) min = index;
      else if (this.#compare(index, max) > 0) max = index;
    }
    if (this.#starts.length < 2) return null;
    const bounds = { min: this.#at(min), max: this.#at(max) };
    return Math.max(bounds.min.length, bounds.max.length) > LONGEST_BOUND ? null : bounds;
  }

  #start = (index: number): number => (this.#starts[index] as number) + LENGTH;
  #end = (index: number): number => this.#starts[index + 1] as number;
  #at = (index: number): Buffer => this.bytes.subarray(this.#start(index), this.#end(index));
  #compare = (a: number, b: number): number =>
    this.bytes.compare(this.bytes, this.#start(b), this.#end(b), this.#start(a), this.#end(a));
}

/** Numbers as they lie in memory; booleans as bits. */
export function plainNumbers(values: Numbers): Buffer {
  if (!(values instanceof Uint8Array))
    return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const bits = Buffer.alloc(Math.ceil(values.length / 8));
  for (let at = 0; at < values.length; at++) {
    bits[at >> 3] = (bits[at >> 3] as number) | ((values[at] as number) << (at & 7));
  }
  return bits;
}

/** The values at these places. Bigints are moved as two words, without making an object of each. */
export function pickNumbers<T extends Numbers>(values: T, places: Int32Array | readonly number[]): T;
export function pickNumbers(values: Numbers, places: Int32Array | readonly number[]): Numbers {
  if (values instanceof BigInt64Array) return pickBigints(values, places);
  const out = values instanceof Int32Array ? new Int32Array(places.length) : new Uint8Array(places.length);
  for (let at = 0; at < places.length; at++) out[at] = values[places[at] as number] as number;
  return out;
}

function pickBigints(values: BigInt64Array, places: Int32Array | readonly number[]): BigInt64Array {
  const from = wordsOf(values);
  const to = new Int32Array(places.length * 2);
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number;
    to[at * 2] = from[place * 2] as number;
    to[at * 2 + 1] = from[place * 2 + 1] as number;
  }
  return new BigInt64Array(to.buffer);
}

const wordsOf = (values: BigInt64Array): Int32Array =>
  new Int32Array(values.buffer, values.byteOffset, values.length * 2);

/** Bounds of signed numbers. */
export function numberBounds(values: Numbers): Bounds | null {
  if (values.length === 0) return null;
  const [min, max] = values instanceof BigInt64Array ? bigintBounds(wordsOf(values)) : wordBounds(values);
  const bound = (at: number): Buffer => plainNumbers(values.slice(at, at + 1));
  return { min: bound(min), max: bound(max) };
}

/** Places of the smallest and the largest number. */
function wordBounds(values: Int32Array | Uint8Array): readonly [number, number] {
  let min = 0;
  let max = 0;
  for (let at = 1; at < values.length; at++) {
    if ((values[at] as number) < (values[min] as number)) min = at;
    if ((values[at] as number) > (values[max] as number)) max = at;
  }
  return [min, max];
}

/** The same of pairs of words: upper ones compare as signed, lower ones as unsigned numbers. */
function bigintBounds(words: Int32Array): readonly [number, number] {
  let min = 0;
  let max = 0;
  for (let at = 1; at * 2 < words.length; at++) {
    const high = words[at * 2 + 1] as number;
    const low = (words[at * 2] as number) >>> 0;
    const [minHigh, maxHigh] = [words[min * 2 + 1] as number, words[max * 2 + 1] as number];
    if (high < minHigh || (high === minHigh && low < (words[min * 2] as number) >>> 0)) min = at;
    if (high > maxHigh || (high === maxHigh && low > (words[max * 2] as number) >>> 0)) max = at;
  }
  return [min, max];
}
