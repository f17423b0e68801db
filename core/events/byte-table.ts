const MIX = 0x9e3779b1;

/**
 * Numbers distinct byte strings of one text, without making strings of them. A hash finds the bucket, the bytes are
 * always compared in full.
 */
export class ByteTable {
  readonly #text: Uint8Array;
  readonly #view: DataView;
  #buckets = new Int32Array(1024);
  #hashes = new Int32Array(256);
  #starts = new Int32Array(256);
  #lengths = new Int32Array(256);
  #size = 0;
  /** What was asked for last: many fields hardly ever change from line to line. */
  #last = 0;

  constructor(text: Uint8Array, view: DataView) {
    this.#text = text;
    this.#view = view;
  }

  get size(): number {
    return this.#size;
  }

  startOf = (id: number): number => this.#starts[id] ?? 0;
  endOf = (id: number): number => (this.#starts[id] ?? 0) + (this.#lengths[id] ?? 0);

  /** The number of these bytes: 0, 1, 2 ... in the order of their first appearance. */
  idOf(start: number, end: number): number {
    const length = end - start;
    const last = this.#last;
    if (length === this.#lengths[last] && this.#size > 0 && this.#equal(last, start, length)) return last;
    this.#last = this.#find(start, length);
    return this.#last;
  }

  #find(start: number, length: number): number {
    const hash = this.#hash(start, start + length);
    const mask = this.#buckets.length - 1;
    let bucket = hash & mask;
    for (;;) {
      const id = (this.#buckets[bucket] as number) - 1;
      if (id === -1) break;
      if (this.#hashes[id] === hash && this.#lengths[id] === length && this.#equal(id, start, length))
        return id;
      bucket = (bucket + 1) & mask;
    }
    this.#buckets[bucket] = this.#size + 1;
    return this.#add(hash, start, length);
  }

  #hash(start: number, end: number): number {
    const view = this.#view;
    let hash = end - start;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), MIX);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ (this.#text[at] as number), MIX);
    return hash ^ (hash >>> 16);
  }

  #equal(id: number, start: number, length: number): boolean {
    const view = this.#view;
    const other = this.#starts[id] as number;
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (view.getInt32(other + at, true) !== view.getInt32(start + at, true)) return false;
    }
    for (; at < length; at++) if (this.#text[other + at] !== this.#text[start + at]) return false;
    return true;
  }

  #add(hash: number, start: number, length: number): number {
    const id = this.#size++;
    if (id === this.#hashes.length) this.#grow();
    this.#hashes[id] = hash;
    this.#starts[id] = start;
    this.#lengths[id] = length;
    if (this.#size * 2 > this.#buckets.length) this.#spread();
    return id;
  }

  #grow(): void {
    const longer = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const twice = new Int32Array(column.length * 2);
      twice.set(column);
      return twice;
    };
    this.#hashes = longer(this.#hashes);
    this.#starts = longer(this.#starts);
    this.#lengths = longer(this.#lengths);
  }

  #spread(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 4);
    const mask = this.#buckets.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let bucket = (this.#hashes[id] as number) & mask;
      while (this.#buckets[bucket] !== 0) bucket = (bucket + 1) & mask;
      this.#buckets[bucket] = id + 1;
    }
  }
}
