import { FOUND_SPANS, HEAD_IDS, HEADS, type PairFinder, TAILS } from '../kernel/pair-finder.ts';
import { Dictionary } from './dictionary.ts';
import type { AnyColumn } from './draft.ts';

/** Stands for a name that a head does not have; -1 stands for a value that cannot be read. */
const ABSENT = -2;

/**
 * Reads `name=value&...` texts of all lines. The first pairs name the campaign and the like, so that thousands of lines
 * begin alike; each distinct beginning is read once. Behind it come what differs from line to line: hashes and tokens.
 */
export class Heads {
  readonly #known = new Dictionary((raw) => raw);
  /** For each head the numbers of its values; null for one that says nothing without its tail. */
  readonly #heads: (Int32Array | null)[] = [];
  readonly #finder: PairFinder;
  readonly #dictionaries: readonly (Dictionary<string> | Dictionary<number>)[];
  readonly #needsFirst: boolean;
  /** A bit for each name that a tail of the block at hand has. */
  #seen = 0;

  /** The finder's head names are those of the dictionaries. A head may need a value of the first one. */
  constructor(
    finder: PairFinder,
    dictionaries: readonly (Dictionary<string> | Dictionary<number>)[],
    needsFirst: boolean,
  ) {
    this.#finder = finder;
    this.#dictionaries = dictionaries;
    this.#needsFirst = needsFirst;
  }

  /** How many distinct heads it knows. */
  get size(): number {
    return this.#known.size;
  }

  /** Reads the spans of the lines that are not marked. */
  read(spans: Int32Array, marks: Uint8Array, count: number): void {
    this.#finder.split(spans, marks, count);
    HEAD_IDS.fill(-1, 0, count);
    this.#known.numberAll(HEADS, HEAD_IDS, marks, count);
    for (let line = 0; line < count; line++) {
      if (marks[line] === 0 && this.#headOf(line, marks) === null)
        this.#readWhole(line, spans[line * 2] as number, spans[line * 2 + 1] as number);
    }
    this.#seen = this.#finder.find(TAILS, marks, 0, count);
  }

  /** Reads one line again, as a whole. */
  readAgain(line: number, start: number, end: number, marks: Uint8Array): void {
    this.#readWhole(line, start, end);
    this.#seen |= this.#finder.find(TAILS, marks, line, line + 1);
  }

  /** Whether a line is read as a whole: then its head's number is -1. */
  isWhole(line: number): boolean {
    return HEAD_IDS[line] === -1;
  }

  #readWhole(line: number, start: number, end: number): void {
    HEAD_IDS[line] = -1;
    TAILS[line * 2] = start;
    TAILS[line * 2 + 1] = end;
  }

  #headOf(line: number, marks: Uint8Array): Int32Array | null {
    const id = HEAD_IDS[line] as number;
    if (id === -1) return null;
    const known = this.#heads[id];
    if (known !== undefined) return known;
    const head = this.#readHead(line, marks);
    this.#heads[id] = head;
    return head;
  }

  #readHead(line: number, marks: Uint8Array): Int32Array | null {
    const names = this.#dictionaries.length;
    const seen = this.#finder.find(HEADS, marks, line, line + 1);
    if (seen >>> names !== 0) return null;
    const head = Int32Array.from(this.#dictionaries, (dictionary, name) =>
      (seen >>> name) & 1 ? dictionary.numberAt(...spanOf(name, line)) : ABSENT,
    );
    return this.#needsFirst && (head[0] as number) < 0 ? null : head;
  }

  /** The values of one name; the first of several counts: the head's, then the tail's. */
  take(name: number, { ids, dictionary }: AnyColumn, marks: Uint8Array, count: number): void {
    const isInTails = ((this.#seen >>> name) & 1) === 1;
    for (let line = 0; line < count; line++) {
      if (marks[line] !== 0) continue;
      const number = this.#numberInHead(HEAD_IDS[line] as number, name);
      if (number !== ABSENT) ids[line] = number;
      else if (isInTails) this.#takeFromTail(name, { ids, dictionary } as AnyColumn, line);
    }
  }

  #numberInHead(id: number, name: number): number {
    return id === -1 ? ABSENT : ((this.#heads[id] as Int32Array)[name] as number);
  }

  #takeFromTail(name: number, { ids, dictionary }: AnyColumn, line: number): void {
    const [start, end] = spanOf(name, line);
    if (end !== 0) ids[line] = dictionary.numberAt(start, end);
  }
}

/** Start and end of what the tail of a line has for a name, both 0 for nothing. */
export function spanOf(name: number, line: number): [number, number] {
  const spans = FOUND_SPANS[name] as Int32Array;
  return [spans[line * 2] as number, spans[line * 2 + 1] as number];
}
