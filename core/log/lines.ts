import type { LineBlock, LineReader } from './block.ts';
import { type FieldPlan, headerFields, type LogField, planFields, requireFields } from './format.ts';
import { LogError } from './log-error.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;
const DASH = 0x2d;

export interface LineOptions {
  readonly object: string;
  readonly needed: readonly LogField[];
  /** Columns of a log without a header. */
  readonly fields?: readonly string[] | undefined;
}

/** Splits lines into columns, by the last `#Fields:` line before each; comments and empty lines are none. */
export class ColumnReader implements LineReader {
  readonly #options: LineOptions;
  #text: Buffer = Buffer.alloc(0);
  #view = new DataView(this.#text.buffer);
  #offset = 0;
  #at = 0;
  #plan: FieldPlan | null;
  #planChecked = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#plan = options.fields === undefined ? null : planFields(options.fields);
  }

  begin(text: Buffer, offset: number): void {
    this.#text = text;
    this.#view = new DataView(text.buffer, text.byteOffset, text.length);
    this.#offset = offset;
    this.#at = 0;
  }

  read(block: LineBlock): void {
    block.begin(this.#text, this.#view);
    const { length } = this.#text;
    while (this.#at < length && !block.isFull) {
      const isComment = this.#text[this.#at] === HASH || this.#isBareHeader(this.#at);
      // All lines of a block have the same columns.
      if (isComment && block.count > 0) return;
      this.#at = isComment ? this.#comment(this.#at) : this.#line(block, this.#at);
    }
  }

  end(): void {}

  #comment(start: number): number {
    const end = this.#endOfLine(start);
    const fields = headerFields(this.#text.toString('utf8', start, end));
    if (fields !== null) {
      this.#plan = planFields(fields);
      this.#planChecked = false;
    }
    return end + 1;
  }

  #endOfLine(start: number): number {
    const found = this.#text.indexOf(NEWLINE, start);
    return found === -1 ? this.#text.length : found;
  }

  /** Only where no header came before: some logs name their columns without `#Fields:`. */
  #isBareHeader(start: number): boolean {
    if (this.#plan !== null) return false;
    return headerFields(this.#text.toString('utf8', start, this.#endOfLine(start))) !== null;
  }

  /** Checked only when a line needs it: a header without lines may be anything. */
  #planFor(block: LineBlock, start: number): FieldPlan {
    const { object, needed } = this.#options;
    const plan = this.#plan;
    if (plan === null) {
      throw new LogError(
        object,
        `no #Fields: line says what the columns are (byte ${this.#offset + start}): add it, or name them with --fields`,
      );
    }
    if (!this.#planChecked) requireFields(object, (field) => plan.fieldOf.includes(field), needed);
    this.#planChecked = true;
    if (block.count === 0) block.expect((field) => plan.fieldOf.includes(field));
    return plan;
  }

  /** Notes where each wanted column begins and ends, in one walk over the bytes; returns where the next line begins. */
  #line(block: LineBlock, start: number): number {
    const text = this.#text;
    const { length } = text;
    if (isBlank(text, start)) return this.#endOfLine(start) + 1;
    const { fieldOf } = this.#planFor(block, start);
    let column = 0;
    let begin = start;
    let at = start;
    for (; ; at++) {
      at = nextControl(text, this.#view, at);
      if (at === length || text[at] === NEWLINE) break;
      if (text[at] !== TAB) continue;
      if (column < fieldOf.length) noteColumn(block, fieldOf[column] as number, begin, at);
      column++;
      begin = at + 1;
    }
    const end = at > start && text[at - 1] === RETURN ? at - 1 : at;
    if (column < fieldOf.length) noteColumn(block, fieldOf[column] as number, Math.min(begin, end), end);
    block.endLine(start, end, column + 1 < fieldOf.length);
    return at + 1;
  }
}

function noteColumn(block: LineBlock, field: number, start: number, end: number): void {
  // `-` is CloudFront's word for no value.
  if (field < 0 || (end - start === 1 && block.text[start] === DASH)) return;
  const spans = block.spans[field] as Int32Array;
  spans[block.count * 2] = start;
  spans[block.count * 2 + 1] = end;
}

/**
 * Where the next byte below 14 is, or the end: tabs and line breaks are below, all that CloudFront writes is above. Four
 * bytes are looked at together: subtracting 14 from each borrows into its top bit where it was smaller, and the lowest
 * such bit is no false one.
 */
function nextControl(text: Uint8Array, view: DataView, start: number): number {
  let at = start;
  for (; at + 4 <= text.length; at += 4) {
    const word = view.getInt32(at, true);
    const low = (word - 0x0e0e0e0e) & ~word & 0x80808080;
    if (low !== 0) return at + ((31 - Math.clz32(low & -low)) >> 3);
  }
  while (at < text.length && (text[at] as number) > RETURN) at++;
  return at;
}

const isBlank = (text: Uint8Array, at: number): boolean =>
  text[at] === NEWLINE || (text[at] === RETURN && (at + 1 === text.length || text[at + 1] === NEWLINE));
