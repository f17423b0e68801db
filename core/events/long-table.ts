const MIX = 0x9e3779b1;
const MIX_SECOND = 0x85ebca77;
/** Words of an entry: hash, start and length of its bytes, number. */
const HASH = 0;
const START = 1;
const LENGTH = 2;
const NUMBER = 3;

/**
 * Remembers a number for each byte string. It copies the bytes, so it outlives the text that brought them. A hash finds
 * the bucket, the bytes are always compared in full.
 */
export class LongTable {
  #bytes = Buffer.alloc(1024);
  #view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
  #used = 0;
  /** One more than the entry. */
  #buckets = new Int32Array(256);
  #entries = new Int32Array(64 * 4);
  #size = 0;
  #hash = 0;
  /** What was asked for last: many fields hardly ever change from line to line. */
  #last = -1;

  get size(): number {
    return this.#size;
  }

  /** The number of a string, or `none`. */
  get(view: DataView, start: number, length: number, none: number): number {
    const last = this.#last;
    if (last === -1 || this.#entries[last * 4 + LENGTH] !== length || !this.#equal(last, view, start)) {
      this.#hash = hashBytes(view, start, length);
      this.#last = this.#find(view, start, length);
    }
    return this.#last === -1 ? none : (this.#entries[this.#last * 4 + NUMBER] as number);
  }

  #find(view: DataView, start: number, length: number): number {
    const mask = this.#buckets.length - 1;
    for (let bucket = this.#hash & mask; ; bucket = (bucket + 1) & mask) {
      const entry = (this.#buckets[bucket] as number) - 1;
      if (entry === -1) return -1;
      const at = entry * 4;
      if (this.#entries[at] !== this.#hash || this.#entries[at + LENGTH] !== length) continue;
      if (this.#equal(entry, view, start)) return entry;
    }
  }

  #equal(entry: number, view: DataView, start: number): boolean {
    const own = this.#view;
    const other = this.#entries[entry * 4 + START] as number;
    const length = this.#entries[entry * 4 + LENGTH] as number;
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (own.getInt32(other + at, true) !== view.getInt32(start + at, true)) return false;
    }
    for (; at < length; at++) if (own.getUint8(other + at) !== view.getUint8(start + at)) return false;
    return true;
  }

  /** Notes the number of a string that was asked for last and not known. */
  add(view: DataView, start: number, length: number, number: number): void {
    const entry = this.#size++;
    if (entry * 4 === this.#entries.length) this.#entries = doubled(this.#entries);
    this.#entries[entry * 4 + HASH] = this.#hash;
    this.#entries[entry * 4 + START] = this.#copy(view, start, length);
    this.#entries[entry * 4 + LENGTH] = length;
    this.#entries[entry * 4 + NUMBER] = number;
    this.#last = entry;
    if (this.#size * 2 > this.#buckets.length) this.#spread();
    else this.#place(entry);
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

  #place(entry: number): void {
    const mask = this.#buckets.length - 1;
    let bucket = (this.#entries[entry * 4 + HASH] as number) & mask;
    while (this.#buckets[bucket] !== 0) bucket = (bucket + 1) & mask;
    this.#buckets[bucket] = entry + 1;
  }

  #spread(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 4);
    for (let entry = 0; entry < this.#size; entry++) this.#place(entry);
  }
}

/** Two chains side by side: the processor need not wait for one of them. */
function hashBytes(view: DataView, start: number, length: number): number {
  const end = start + length;
  let first = length;
  let second = MIX;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    first = Math.imul(first ^ view.getInt32(at, true), MIX);
    second = Math.imul(second ^ view.getInt32(at + 4, true), MIX_SECOND);
    first ^= first >>> 15;
    second ^= second >>> 13;
  }
  for (; at < end; at++) first = Math.imul(first ^ view.getUint8(at), MIX);
  const hash = Math.imul(first ^ (first >>> 15) ^ second, MIX);
  return hash ^ (hash >>> 16);
}

/** A longer copy, zeros at its end. */
export function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(column.length * 2);
  twice.set(column);
  return twice;
}
