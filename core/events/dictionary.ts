import { hashText } from '../hash.ts';
import { find, findAll, learn, TEXT, UNKNOWN } from '../kernel/kernel.ts';

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

let dictionaries = 0;

/** Numbers what byte strings mean. The kernel remembers the numbers, for as long as it has room. */
export class Dictionary<T extends string | number> {
  readonly values: Values<T>;
  readonly #read: (raw: string) => T | null;
  /** Tells its byte strings from those of others in the kernel. */
  readonly #id = ++dictionaries;

  /** Several dictionaries may number into the same values. */
  constructor(read: (raw: string) => T | null, values: Values<T> = new Values()) {
    this.#read = read;
    this.values = values;
  }

  /** How many distinct values it knows. */
  get size(): number {
    return this.values.list.length;
  }

  /** The number of the value of the text's bytes `[start, end)`, or -1 where they have none. */
  numberAt(start: number, end: number): number {
    const known = find(this.#id, start, end);
    return known === UNKNOWN ? this.#learn(start, end) : known;
  }

  /** Writes the numbers of the spans of `count` lines into `ids`, except for empty spans and marked lines. */
  numberAll(spans: Int32Array, ids: Int32Array, marks: Uint8Array, count: number): void {
    for (let line = 0; ; line++) {
      line = findAll(this.#id, spans, ids, marks, line, count);
      if (line >= count) return;
      ids[line] = this.#learn(spans[line * 2] as number, spans[line * 2 + 1] as number);
    }
  }

  #learn(start: number, end: number): number {
    const value = this.#read(TEXT.toString('utf8', start, end));
    const number = value === null ? -1 : this.values.numberOf(value);
    learn(this.#id, start, end, number);
    return number;
  }
}

/** A longer copy, zeros at its end. */
function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(column.length * 2);
  twice.set(column);
  return twice;
}
