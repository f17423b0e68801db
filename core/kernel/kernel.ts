import { constant, KERNEL, MEMORY } from './instance.ts';

// The innermost loops, as WebAssembly. There is one kernel for the process and it holds one block of lines: a block is
// read before the next one of any log is put in its place. It also remembers which number a dictionary gave to a byte
// string; what it cannot hold it forgets, so it must be told again whatever it does not know.

/** Most lines of a block, and most columns of a header. */
export const MOST_LINES = constant('LINES');
export const MOST_COLUMNS = constant('COLUMNS');
/** Stands for a byte string that is not known. */
export const UNKNOWN = constant('UNKNOWN');

/** The text of the block. All places are places in it. */
export const TEXT = Buffer.from(MEMORY, constant('TEXT'), constant('TEXT_ROOM'));
export const TEXT_VIEW = new DataView(MEMORY, constant('TEXT'), constant('TEXT_ROOM'));
/** Start and end of each line. */
export const EDGES = new Int32Array(MEMORY, constant('EDGES'), MOST_LINES * 2);
const PLAN = new Int32Array(MEMORY, constant('PLAN'), MOST_COLUMNS);

/** One of the arrays that the kernel has for each line of the block. */
function arrayOf(name: string, most: string, index: number, bytes: number): number {
  if (index >= constant(most)) throw new Error(`the kernel has room for ${constant(most)} ${name}, not more`);
  return constant(name) + index * constant(`STEP_${bytes}`);
}

/** Start and end of a field in each line. */
export const spansOfField = (field: number): Int32Array =>
  new Int32Array(MEMORY, arrayOf('SPANS', 'FIELDS', field, 8), MOST_LINES * 2);

/** A number for each line. */
export const idsAt = (index: number): Int32Array =>
  new Int32Array(MEMORY, arrayOf('IDS', 'ID_ARRAYS', index, 4), MOST_LINES);

/** A mark for each line, 0 or not; the first array marks lines with too few columns. */
export const marksAt = (index: number): Uint8Array =>
  new Uint8Array(MEMORY, arrayOf('MARKS', 'MARK_ARRAYS', index, 1), MOST_LINES);

/** Two words for each line. */
export const lanesAt = (index: number): Int32Array<ArrayBuffer> =>
  new Int32Array(MEMORY, arrayOf('LANES', 'LANE_ARRAYS', index, 8), MOST_LINES * 2);

/**
 * Notes lines and their columns in the first bytes of the text, which ends with a line break or in a line that is not
 * whole. It stops after `most` lines, or before a comment. `fieldOf` gives each column's field, -1 for none.
 */
export function scan(length: number, most: number, fieldOf: Int8Array): { lines: number; bytes: number } {
  PLAN.set(fieldOf);
  const bytes = KERNEL.scan(length, most, fieldOf.length);
  return { lines: KERNEL.count.value, bytes };
}

/** The number that a dictionary gave to `TEXT[start, end)`, or UNKNOWN. */
export const find = KERNEL.find;

/** Remembers the number that a dictionary gave to `TEXT[start, end)`. */
export const learn = KERNEL.learn;

/**
 * Writes what `find` says of a span of each line in `[line, until)` into `ids`, except for empty spans and marked lines.
 * Returns the first line whose bytes are not known, or `until`. The arrays are the kernel's.
 */
export const findAll = (
  dictionary: number,
  spans: Int32Array,
  ids: Int32Array,
  marks: Uint8Array,
  line: number,
  until: number,
): number => KERNEL.findAll(dictionary, spans.byteOffset, ids.byteOffset, marks.byteOffset, line, until);

/** Hashes a span of each of `count` lines as `hashRange` does. The arrays are the kernel's. */
export const hashAll = (spans: Int32Array, lanes: Int32Array, count: number): void =>
  KERNEL.hashAll(spans.byteOffset, lanes.byteOffset, count);

/**
 * Reads a span of sixteen hex digits in each of `count` lines as two words, and marks in `present` where there was one;
 * marked lines are left out. The arrays are the kernel's.
 */
export const readHexAll = (
  spans: Int32Array,
  lanes: Int32Array,
  present: Uint8Array,
  marks: Uint8Array,
  count: number,
): void => KERNEL.readHexAll(spans.byteOffset, lanes.byteOffset, present.byteOffset, marks.byteOffset, count);
