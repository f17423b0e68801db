import { TupleTable } from './tuple-table.ts';

const FIRST_ROOM = 256;

/**
 * Remembers a number for each id within a context. A context is a row of small numbers that hardly changes from line to
 * line, so that most look-ups are one comparison and one read.
 */
export class ContextTable {
  readonly #contexts: TupleTable;
  /** For each context one more than the number of each id; 0 where none is known. */
  readonly #rows: Int32Array[] = [];
  readonly #last: Int32Array;
  #row = new Int32Array(0);
  #number = -1;
  #room = 0;

  constructor(width: number) {
    this.#contexts = new TupleTable(width);
    this.#last = new Int32Array(width);
  }

  /** What it holds, in entries of a hash table: its own are four bytes. */
  get size(): number {
    return Math.ceil(this.#room / 16);
  }

  /** The number of an id of zero or more in this context; -1 where none is known. */
  get(context: Int32Array, id: number): number {
    if (!this.#isLast(context)) this.#enter(context);
    return id < this.#row.length ? (this.#row[id] as number) - 1 : -1;
  }

  /** Notes the number of an id in the context that was asked for last. */
  set(id: number, number: number): void {
    if (id >= this.#row.length) {
      const longer = new Int32Array(Math.max(FIRST_ROOM, id * 2));
      longer.set(this.#row);
      this.#room += longer.length - this.#row.length;
      this.#row = longer;
      this.#rows[this.#number] = longer;
    }
    this.#row[id] = number + 1;
  }

  #isLast(context: Int32Array): boolean {
    if (this.#number === -1) return false;
    for (let at = 0; at < context.length; at++) if (context[at] !== this.#last[at]) return false;
    return true;
  }

  #enter(context: Int32Array): void {
    this.#number = this.#contexts.idOf(context);
    this.#last.set(context);
    this.#rows[this.#number] ??= new Int32Array(0);
    this.#row = this.#rows[this.#number] as Int32Array<ArrayBuffer>;
  }
}
