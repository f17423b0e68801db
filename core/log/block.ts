import { LOG_FIELDS } from './format.ts';

/** So few lines stay in the processor's cache from step to step. */
export const BLOCK_LINES = 512;

/** Spans of a field that a log lacks. */
const NONE = new Int32Array(0);

/** Some lines of a log as places in its text: no string and no object is made of a line. Filled again and again. */
export class LineBlock {
  readonly size: number;
  text: Buffer = Buffer.alloc(0);
  view = new DataView(this.text.buffer);
  count = 0;
  /** For each field (by its number) start and end in each line, equal where it has no value; empty for a missing field. */
  readonly spans: Int32Array[] = LOG_FIELDS.map(() => NONE);
  /** Start and end of what tells a line from others: all of it, without its line break. */
  readonly edges: Int32Array;
  /** 1 where a line has fewer columns than its header, or is no JSON object. */
  readonly short: Uint8Array;
  readonly #room: readonly Int32Array[];

  constructor(size: number = BLOCK_LINES) {
    this.size = size;
    this.edges = new Int32Array(size * 2);
    this.short = new Uint8Array(size);
    this.#room = LOG_FIELDS.map(() => new Int32Array(size * 2));
  }

  get isFull(): boolean {
    return this.count === this.size;
  }

  /** Empties the block for lines of this text. */
  begin(text: Buffer, view: DataView): void {
    this.text = text;
    this.view = view;
    this.count = 0;
  }

  /** Makes room for the fields that the coming lines have. */
  expect(has: (field: number) => boolean): void {
    this.#room.forEach((room, field) => {
      this.spans[field] = has(field) ? room.fill(0) : NONE;
    });
  }

  /** Notes the end of a line whose columns are noted. */
  endLine(start: number, end: number, isShort: boolean): void {
    this.edges[this.count * 2] = start;
    this.edges[this.count * 2 + 1] = end;
    this.short[this.count] = isShort ? 1 : 0;
    this.count++;
  }
}

/** Reads the lines of a log in their order. */
export interface LineReader {
  /** Hands over the next text: whole lines, of which `offset` bytes of the log came before. */
  begin(text: Buffer, offset: number): void;
  /** Fills a block with the next lines; none are left where it stays empty. */
  read(block: LineBlock): void;
  /** Throws for a log that, as is clear when it has ended, says nothing. */
  end(): void;
}
