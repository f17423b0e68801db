import { hashText } from '../hash.ts';

const MIX = 0x9e3779b1;

/** Distinct values by number, each with its 64-bit hash. */
export class Values<T extends string | number> {
  readonly list: T[] = [];
  /** Two words for each value. */
  hashes = new Int32Array(64);
  readonly #numbers = new Map<T, number>();

  /** The number of a value: 0, 1, 2 ... in the order of their first appearance. */
  numberOf(value: T): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.list.push(value) - 1;
    this.#numbers.set(value, number);
    if (number * 2 === this.hashes.length) this.hashes = doubled(this.hashes);
    hashText(String(value), this.hashes, number * 2);
    return number;
  }
}

/**
 * Numbers what byte strings mean, reading each distinct one once. It copies what it knows, so it outlives the text that
 * brought it. A hash finds the bucket, the bytes are always compared in full.
 */
export class Dictionary<T extends string | number> {
  readonly values: Values<T>;
  readonly #read: (raw: string) => T | null;
  #bytes = Buffer.alloc(1024);
  #view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
  #used = 0;
  #buckets = new Int32Array(256);
  #hashes = new Int32Array(64);
  #starts = new Int32Array(64);
  #lengths = new Int32Array(64);
  #numbers = new Int32Array(64);
  #size = 0;
  /** What was asked for last: many fields hardly ever change from line to line. */
  #last = 0;

  /** Several dictionaries may number into the same values. */
  constructor(read: (raw: string) => T | null, values: Values<T> = new Values()) {
    this.#read = read;
    this.values = values;
  }

  /** How many distinct byte strings it knows. */
  get size(): number {
    return this.#size;
  }

  /** The number of the value of these bytes, or -1 where they have none. */
  numberAt(view: DataView, start: number, end: number): number {
    const length = end - start;
    const last = this.#last;
    const same = this.#size > 0 && length === this.#lengths[last] && this.#equal(last, view, start);
    if (!same) this.#last = this.#find(view, start, length);
    return this.#numbers[this.#last] as number;
  }

  #find(view: DataView, start: number, length: number): number {
    const hash = hashBytes(view, start, length);
    const mask = this.#buckets.length - 1;
    for (let bucket = hash & mask; ; bucket = (bucket + 1) & mask) {
      const entry = (this.#buckets[bucket] as number) - 1;
      if (entry === -1) {
        this.#buckets[bucket] = this.#size + 1;
        return this.#add(view, start, length, hash);
      }
      if (this.#hashes[entry] !== hash || this.#lengths[entry] !== length) continue;
      if (this.#equal(entry, view, start)) return entry;
    }
  }

  #equal(entry: number, view: DataView, start: number): boolean {
    const own = this.#view;
    const other = this.#starts[entry] as number;
    const length = this.#lengths[entry] as number;
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (own.getInt32(other + at, true) !== view.getInt32(start + at, true)) return false;
    }
    for (; at < length; at++) if (own.getUint8(other + at) !== view.getUint8(start + at)) return false;
    return true;
  }

  #add(view: DataView, start: number, length: number, hash: number): number {
    const entry = this.#size++;
    if (entry === this.#hashes.length) this.#grow();
    const from = this.#copy(view, start, length);
    const value = this.#read(this.#bytes.toString('utf8', from, from + length));
    this.#hashes[entry] = hash;
    this.#starts[entry] = from;
    this.#lengths[entry] = length;
    this.#numbers[entry] = value === null ? -1 : this.values.numberOf(value);
    if (this.#size * 2 > this.#buckets.length) this.#spread();
    return entry;
  }

  #copy(view: DataView, start: number, length: number): number {
    const from = this.#used;
    this.#used += length;
    if (this.#used > this.#bytes.length) {
      const more = Buffer.alloc(this.#used * 2);
      more.set(this.#bytes);
      this.#bytes = more;
      this.#view = new DataView(more.buffer, more.byteOffset, more.length);
    }
    this.#bytes.set(new Uint8Array(view.buffer, view.byteOffset + start, length), from);
    return from;
  }

  #grow(): void {
    this.#hashes = doubled(this.#hashes);
    this.#starts = doubled(this.#starts);
    this.#lengths = doubled(this.#lengths);
    this.#numbers = doubled(this.#numbers);
  }

  #spread(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 4);
    const mask = this.#buckets.length - 1;
    for (let entry = 0; entry < this.#size; entry++) {
      let bucket = (this.#hashes[entry] as number) & mask;
      while (this.#buckets[bucket] !== 0) bucket = (bucket + 1) & mask;
      this.#buckets[bucket] = entry + 1;
    }
  }
}

function hashBytes(view: DataView, start: number, length: number): number {
  const end = start + length;
  let hash = length;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), MIX);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), MIX);
  return hash ^ (hash >>> 16);
}

/** A longer copy, zeros at its end. */
export function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(column.length * 2);
  twice.set(column);
  return twice;
}
