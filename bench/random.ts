/** Seeded random numbers: the same seed gives the same data on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let word = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** An index in which small numbers are far more frequent, as popular things are. */
  popular(count: number): number {
    return Math.floor(count ** this.next()) - 1;
  }

  text(length: number, alphabet: string): string {
    let text = '';
    for (let at = 0; at < length; at++) text += alphabet[this.below(alphabet.length)];
    return text;
  }
}
