import { hashText } from '../hash.ts';
import { doubled, LongTable } from './long-table.ts';
import { SHORT, ShortTable } from './short-table.ts';

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

/** Stands for a byte string that is not known. */
const UNKNOWN = -2;

/** Numbers what byte strings mean, reading each distinct one once. */
export class Dictionary<T extends string | number> {
  readonly values: Values<T>;
  readonly #read: (raw: string) => T | null;
  readonly #short = new ShortTable();
  readonly #long = new LongTable();

  /** Several dictionaries may number into the same values. */
  constructor(read: (raw: string) => T | null, values: Values<T> = new Values()) {
    this.#read = read;
    this.values = values;
  }

  /** How many distinct byte strings it knows. */
  get size(): number {
    return this.#short.size + this.#long.size;
  }

  /** The number of the value of these bytes, or -1 where they have none. */
  numberAt(view: DataView, start: number, end: number): number {
    const length = end - start;
    const isShort = length <= SHORT && start + SHORT <= view.byteLength;
    const known = isShort
      ? this.#short.get(view, start, length, UNKNOWN)
      : this.#long.get(view, start, length, UNKNOWN);
    if (known !== UNKNOWN) return known;
    const value = this.#read(Buffer.from(view.buffer, view.byteOffset + start, length).toString('utf8'));
    const number = value === null ? -1 : this.values.numberOf(value);
    if (isShort) this.#short.add(number);
    else this.#long.add(view, start, length, number);
    return number;
  }
}
