import { constant, KERNEL, MEMORY } from './instance.ts';
import { MOST_LINES } from './kernel.ts';

const spansAt = (place: number): Int32Array => new Int32Array(MEMORY, place, MOST_LINES * 2);
const MOST_FINDERS = constant('MOST_FINDERS');
const MOST_NAMES = constant('MOST_NAMES');
const NAME_BYTES = constant('NAME_BYTES');
const FINDER_BYTES = constant('FINDER_BYTES');
const FOUND = constant('FOUND');

/** Where the head and the tail of each line are since the last split, whichever finder did it. */
export const HEADS = spansAt(constant('HEADS'));
export const TAILS = spansAt(constant('TAILS'));
/** Room for a number of each line's head. */
export const HEAD_IDS = new Int32Array(MEMORY, constant('HEAD_IDS'), MOST_LINES);
/** Start and end of the value of each name in each line since the last find, both 0 for none; whichever finder did it. */
export const FOUND_SPANS = Array.from({ length: MOST_NAMES }, (_, name) =>
  spansAt(FOUND + name * constant('STEP_8')),
);

let finders = 0;

/** Finds the values of known names in `name=value&...` of a block's lines. */
export class PairFinder {
  readonly #place = constant('FINDERS') + finders++ * FINDER_BYTES;

  /** The pairs that a text begins with are its head, as long as their names are among the first of these. */
  constructor(headNames: readonly string[], tailNames: readonly string[]) {
    const names = [...headNames, ...tailNames].map((name) => Buffer.from(`${name}=`));
    if (
      finders > MOST_FINDERS ||
      names.length > MOST_NAMES ||
      names.some(({ length }) => length > NAME_BYTES - 4)
    )
      throw new Error(
        `the kernel has room for ${MOST_FINDERS} finders of ${MOST_NAMES} names, not for: ${names}`,
      );
    new Int32Array(MEMORY, this.#place, 2).set([names.length, headNames.length]);
    names.forEach((name, index) => {
      const place = this.#place + constant('FINDER_HEAD') + index * NAME_BYTES;
      new Int32Array(MEMORY, place, 1)[0] = name.length;
      new Uint8Array(MEMORY, place + 4, name.length).set(name);
    });
  }

  /** Splits the span of each line that is not marked into HEADS and TAILS. */
  split(spans: Int32Array, marks: Uint8Array, count: number): void {
    KERNEL.split(this.#place, spans.byteOffset, marks.byteOffset, count);
  }

  /** Finds all names in the spans of lines `[line, until)` that are not marked; returns a bit for each name that any has. */
  find(spans: Int32Array, marks: Uint8Array, line: number, until: number): number {
    return KERNEL.findPairs(this.#place, spans.byteOffset, marks.byteOffset, line, until);
  }
}
