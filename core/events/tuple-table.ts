const MIX = 0x85ebca77;

/** Numbers distinct rows of small numbers, such as the ids of what one load was judged by. */
export class TupleTable {
  readonly #width: number;
  #buckets = new Int32Array(1024);
  #tuples: Int32Array;
  #size = 0;

  constructor(width: number) {
    this.#width = width;
    this.#tuples = new Int32Array(width * 256);
  }

  get size(): number {
    return this.#size;
  }

  /** The value at `place` of tuple `id`. */
  at = (id: number, place: number): number => this.#tuples[id * this.#width + place] as number;

  /** The number of this tuple, given as `width` values; the array may be used again by the caller. */
  idOf(tuple: Int32Array): number {
    const mask = this.#buckets.length - 1;
    let bucket = hashOf(tuple, 0, this.#width) & mask;
    for (;;) {
      const id = (this.#buckets[bucket] as number) - 1;
      if (id === -1) break;
      if (this.#equal(id, tuple)) return id;
      bucket = (bucket + 1) & mask;
    }
    this.#buckets[bucket] = this.#size + 1;
    return this.#add(tuple);
  }

  #equal(id: number, tuple: Int32Array): boolean {
    const base = id * this.#width;
    for (let place = 0; place < this.#width; place++) {
      if (this.#tuples[base + place] !== tuple[place]) return false;
    }
    return true;
  }

  #add(tuple: Int32Array): number {
    const id = this.#size++;
    if ((id + 1) * this.#width > this.#tuples.length) {
      const longer = new Int32Array(this.#tuples.length * 2);
      longer.set(this.#tuples);
      this.#tuples = longer;
    }
    this.#tuples.set(tuple, id * this.#width);
    if (this.#size * 2 > this.#buckets.length) this.#spread();
    return id;
  }

  #spread(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 4);
    const mask = this.#buckets.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let bucket = hashOf(this.#tuples, id * this.#width, this.#width) & mask;
      while (this.#buckets[bucket] !== 0) bucket = (bucket + 1) & mask;
      this.#buckets[bucket] = id + 1;
    }
  }
}

function hashOf(values: Int32Array, start: number, width: number): number {
  let hash = width;
  for (let at = start; at < start + width; at++) {
    hash = Math.imul(hash ^ (values[at] as number), MIX);
    hash ^= hash >>> 15;
  }
  return hash;
}
