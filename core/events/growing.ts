import type { PlainColumn } from '../batch.ts';
import type { Draft, Words } from './draft.ts';

/** The lines of a block that are loads, and which of them are hidden. */
export class Kept {
  /** Their numbers, in `[0, count)`. */
  readonly lines: Int32Array;
  count = 0;
  /** Whether every line of the block is a load: then columns are copied as they are. */
  isWhole = false;
  anyHidden = false;
  hidden: Uint8Array = new Uint8Array(0);

  constructor(size: number) {
    this.lines = new Int32Array(size);
  }

  take({ drop, hidden, lines }: Draft): void {
    this.count = 0;
    this.anyHidden = false;
    this.hidden = hidden;
    for (let line = 0; line < lines.count; line++) {
      if (drop[line] !== 0) continue;
      this.lines[this.count++] = line;
      if (hidden[line] === 1) this.anyHidden = true;
    }
    this.isWhole = this.count === lines.count;
  }
}

/** Numbers of values for rows, -1 for none. */
export class IdColumn {
  ids = new Int32Array(0);

  grow(rows: number): void {
    this.ids = longer(this.ids, new Int32Array(rows));
  }

  append(at: number, from: Int32Array, kept: Kept): void {
    const { ids } = this;
    if (kept.isWhole) ids.set(kept.count === from.length ? from : from.subarray(0, kept.count), at);
    else for (let row = 0; row < kept.count; row++) ids[at + row] = from[kept.lines[row] as number] as number;
  }

  /** Takes the values of hidden loads away. */
  hide(at: number, { anyHidden, count, hidden, lines }: Kept): void {
    if (!anyHidden) return;
    for (let row = 0; row < count; row++) if (hidden[lines[row] as number] === 1) this.ids[at + row] = -1;
  }
}

/** Pairs of words for rows, and whether there is one. */
export class WordColumn {
  lanes = new Int32Array(0);
  present = new Uint8Array(0);

  grow(rows: number): void {
    this.lanes = longer(this.lanes, new Int32Array(rows * 2));
    this.present = longer(this.present, new Uint8Array(rows));
  }

  append(at: number, from: Words, { anyHidden, count, hidden, isWhole, lines }: Kept): void {
    if (isWhole && !anyHidden) {
      this.lanes.set(from.lanes.subarray(0, count * 2), at * 2);
      this.present.set(from.present.subarray(0, count), at);
      return;
    }
    for (let row = 0; row < count; row++) {
      const line = lines[row] as number;
      const isPresent = from.present[line] === 1 && hidden[line] === 0;
      this.present[at + row] = isPresent ? 1 : 0;
      this.lanes[(at + row) * 2] = isPresent ? (from.lanes[line * 2] as number) : 0;
      this.lanes[(at + row) * 2 + 1] = isPresent ? (from.lanes[line * 2 + 1] as number) : 0;
    }
  }

  /** The first rows as a column of a batch; `always` where none is null. */
  toColumn(rows: number, always = false): PlainColumn {
    const values = new BigInt64Array(this.lanes.buffer, 0, rows);
    return { form: 'plain', values, present: always ? null : this.present.subarray(0, rows) };
  }
}

function longer<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
