import { TEXT, TEXT_VIEW } from '../kernel/kernel.ts';
import type { PairFinder } from '../log/pairs.ts';
import { Dictionary } from './dictionary.ts';

const AMPERSAND = 0x26;
/** Stands for a name that a head does not have; -1 stands for a value that cannot be read. */
export const ABSENT = -2;

/** Four characters as the number that they are in a DataView, little-endian. */
export const wordOf = (text: string): number => Buffer.from(text).readInt32LE();

/**
 * Heads of `name=value&...` texts. The first pairs name the campaign and the like, so that thousands of lines begin
 * alike; each distinct beginning is read once. Behind it come what differs from line to line: hashes and tokens.
 */
export class Heads {
  readonly #known = new Dictionary((raw) => raw);
  readonly #heads: (Int32Array | null)[] = [];
  readonly #finder: PairFinder;
  readonly #dictionaries: readonly (Dictionary<string> | Dictionary<number>)[];
  readonly #beginsTail: (word: number) => boolean;
  /** Length of the tail before: the next one's is most likely the same. */
  #tail = 0;

  /** The finder's first names are those of the dictionaries; any other name in a head makes it none. */
  constructor(
    finder: PairFinder,
    dictionaries: readonly (Dictionary<string> | Dictionary<number>)[],
    beginsTail: (word: number) => boolean,
  ) {
    this.#finder = finder;
    this.#dictionaries = dictionaries;
    this.#beginsTail = beginsTail;
  }

  /** How many distinct heads it knows. */
  get size(): number {
    return this.#known.size;
  }

  /** Where the head of `[start, end)` ends: at the `&` before its tail, or at the end. */
  endOf(view: DataView, start: number, end: number): number {
    const guess = end - this.#tail;
    if (guess > start && guess < end && this.#isTail(view, guess, end)) return guess;
    let at = start;
    while (at < end && !this.#isTail(view, at, end)) at++;
    this.#tail = end - at;
    return at;
  }

  #isTail(view: DataView, at: number, end: number): boolean {
    if (view.getUint8(at) !== AMPERSAND) return false;
    return at + 5 > end || this.#beginsTail(view.getInt32(at + 1, true));
  }

  /** The number of each dictionary's value in this head; null where it must be read with its tail. */
  at(start: number, end: number): Int32Array | null {
    const number = this.#known.numberAt(start, end);
    const known = this.#heads[number];
    if (known !== undefined) return known;
    const read = this.#read(start, end);
    this.#heads[number] = read;
    return read;
  }

  #read(start: number, end: number): Int32Array | null {
    const { found } = this.#finder;
    this.#finder.find(TEXT, TEXT_VIEW, start, end);
    const known = this.#dictionaries.length;
    if (found.subarray(known * 2).some((place) => place !== 0)) return null;
    return Int32Array.from(this.#dictionaries, (dictionary, index) => {
      const last = found[index * 2 + 1] as number;
      return last === 0 ? ABSENT : dictionary.numberAt(found[index * 2] as number, last);
    });
  }
}
