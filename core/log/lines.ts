import { type LineBlock, type LineReader, LONGEST_LINE, refuseColumns, tooLong } from './block.ts';
import { type FieldPlan, headerFields, type LogField, planFields, requireFields } from './format.ts';
import { LogError } from './log-error.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;
/** A block of usual lines has less text. */
const BLOCK_BYTES = 2 ** 18;

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
    this.#offset = offset;
    this.#at = 0;
  }

  read(block: LineBlock): void {
    block.count = 0;
    while (this.#at < this.#text.length && block.count === 0) this.#at = this.#next(block, this.#at);
  }

  end(): void {}

  /** Passes an empty line, a comment, or the lines up to the next comment; returns where it got to. */
  #next(block: LineBlock, start: number): number {
    if (isBlank(this.#text, start)) return this.#endOfLine(start) + 1;
    if (this.#text[start] === HASH || this.#isBareHeader(start)) return this.#comment(start);
    return this.#lines(block, start, this.#planFor(block, start));
  }

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
    if (!this.#planChecked) refuseColumns(object, plan.fieldOf.length);
    if (!this.#planChecked) requireFields(object, (field) => plan.fieldOf.includes(field), needed);
    this.#planChecked = true;
    block.expect((field) => plan.fieldOf.includes(field));
    return plan;
  }

  #lines(block: LineBlock, start: number, { fieldOf }: FieldPlan): number {
    const { length } = this.#text;
    for (const most of [BLOCK_BYTES, LONGEST_LINE + 1]) {
      const text = this.#text.subarray(start, start + most);
      const taken = block.take(text, start + most >= length, fieldOf);
      if (taken > 0) return start + taken;
    }
    throw tooLong(this.#options.object, this.#offset + start);
  }
}

const isBlank = (text: Uint8Array, at: number): boolean =>
  text[at] === NEWLINE || (text[at] === RETURN && (at + 1 === text.length || text[at + 1] === NEWLINE));
