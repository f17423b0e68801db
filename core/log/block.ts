import {
  EDGES,
  MOST_COLUMNS,
  MOST_LINES,
  marksAt,
  scan,
  spansOfField,
  TEXT,
  TEXT_VIEW,
} from '../kernel/kernel.ts';
import { LOG_FIELDS } from './format.ts';
import { LogError } from './log-error.ts';

/** Most lines of a block: so few stay in the processor's cache from step to step. */
export const BLOCK_LINES = MOST_LINES;
/** CloudFront's lines stay below 30 kB. */
export const LONGEST_LINE = 2 ** 20;
const NEWLINE = 0x0a;
/** Spans of a field that a log lacks. */
const NONE = new Int32Array(0);
const SPANS = LOG_FIELDS.map((_, field) => spansOfField(field));

/**
 * Some lines of a log as places in its text: no string and no object is made of a line. All blocks share the kernel's
 * memory, so one is good until any log fills the next one.
 */
export class LineBlock {
  readonly size: number;
  readonly text = TEXT;
  readonly view = TEXT_VIEW;
  count = 0;
  /** For each field (by its number) start and end in each line, equal where it has no value; empty for a missing field. */
  readonly spans: Int32Array[] = LOG_FIELDS.map(() => NONE);
  /** Start and end of what tells a line from others: all of it, without its line break. */
  readonly edges = EDGES;
  /** 1 where a line has fewer columns than its header, or is no JSON object. */
  readonly short = marksAt(0);

  constructor(size: number = BLOCK_LINES) {
    this.size = Math.min(size, BLOCK_LINES);
  }

  get isFull(): boolean {
    return this.count === this.size;
  }

  /** Says which fields the coming lines have. */
  expect(has: (field: number) => boolean): void {
    SPANS.forEach((spans, field) => {
      this.spans[field] = has(field) ? spans : NONE;
    });
  }

  /** Takes the first lines of a text, up to a comment; returns how many of its bytes they are. 0 is a line that goes on. */
  take(text: Uint8Array, isWhole: boolean, fieldOf: Int8Array): number {
    this.text.set(text);
    // The last line of a log may lack its line break.
    this.text[text.length] = NEWLINE;
    const { lines, bytes } = scan(text.length + (isWhole ? 1 : 0), this.size, fieldOf);
    this.count = lines;
    return Math.min(bytes, text.length);
  }

  /** Takes the text of lines whose values are noted one by one. */
  place(text: Uint8Array): void {
    this.text.set(text);
  }

  /** Notes the end of a line whose values are noted. */
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

export const tooLong = (object: string, byte: number): LogError =>
  new LogError(
    object,
    `has a line of more than ${LONGEST_LINE} bytes (byte ${byte}), which no log of CloudFront has`,
  );

/** Throws for a header that no block can take. */
export function refuseColumns(object: string, columns: number): void {
  if (columns <= MOST_COLUMNS) return;
  throw new LogError(object, `header names ${columns} columns, a log may have up to ${MOST_COLUMNS}`);
}
