import {
  type FieldPlan,
  headerFields,
  LOG_FIELDS,
  type LogField,
  planFields,
  requireFields,
} from './format.ts';
import { LogError } from './log-error.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;
const DASH = 0x2d;

/** The lines of one log as places in its text: no string is made of them here. */
export interface Lines {
  readonly text: Buffer;
  readonly view: DataView;
  readonly count: number;
  /** For each field (by its number) start and end in each line, equal where it has no value; empty for a missing field. */
  readonly spans: readonly Int32Array[];
  /** Start and end of each whole line, without its line break. */
  readonly edges: Int32Array;
  /** 1 where a line has fewer columns than its header. */
  readonly short: Uint8Array;
}

export interface LineOptions {
  readonly object: string;
  readonly needed: readonly LogField[];
  /** Columns of a log without a header. */
  readonly fields?: readonly string[] | undefined;
}

/** Splits a log into lines and columns, by the last `#Fields:` line before each; comments and empty lines are none. */
export function readLines(text: Buffer, options: LineOptions): Lines {
  return new LineReader(text, options).read();
}

class LineReader {
  readonly #text: Buffer;
  readonly #view: DataView;
  readonly #options: LineOptions;
  #plan: FieldPlan | null;
  #planChecked = false;
  #count = 0;
  readonly #spans: Int32Array[] = LOG_FIELDS.map(() => new Int32Array(0));
  #edges: Int32Array;
  #short: Uint8Array;

  constructor(text: Buffer, options: LineOptions) {
    this.#text = text;
    this.#view = new DataView(text.buffer, text.byteOffset, text.length);
    this.#options = options;
    this.#plan = options.fields === undefined ? null : planFields(options.fields);
    const lines = guessLines(text);
    this.#edges = new Int32Array(lines * 2);
    this.#short = new Uint8Array(lines);
  }

  read(): Lines {
    const text = this.#text;
    for (let at = 0; at < text.length; ) {
      at = text[at] === HASH || this.#isBareHeader(at) ? this.#comment(at) : this.#line(at);
    }
    const view = this.#view;
    return { text, view, count: this.#count, spans: this.#spans, edges: this.#edges, short: this.#short };
  }

  #comment(start: number): number {
    const found = this.#text.indexOf(NEWLINE, start);
    const end = found === -1 ? this.#text.length : found;
    const fields = headerFields(this.#text.toString('utf8', start, end));
    if (fields !== null) this.#setPlan(planFields(fields));
    return end + 1;
  }

  /** Only where no header came before: some logs name their columns without `#Fields:`. */
  #isBareHeader(start: number): boolean {
    if (this.#plan !== null) return false;
    const end = this.#text.indexOf(NEWLINE, start);
    return headerFields(this.#text.toString('utf8', start, end === -1 ? this.#text.length : end)) !== null;
  }

  #setPlan(plan: FieldPlan): void {
    this.#plan = plan;
    this.#planChecked = false;
  }

  /** Checked only when a line needs it: a header without lines may be anything. */
  #planFor(start: number): FieldPlan {
    const { object, needed } = this.#options;
    if (this.#plan === null) {
      throw new LogError(
        object,
        `no #Fields: line says what the columns are (byte ${start}): add it, or name them with --fields`,
      );
    }
    if (!this.#planChecked) this.#begin(this.#plan, object, needed);
    return this.#plan;
  }

  #begin(plan: FieldPlan, object: string, needed: readonly LogField[]): void {
    requireFields(object, plan, needed);
    for (const field of plan.fieldOf) {
      if (field >= 0 && this.#spans[field]?.length === 0)
        this.#spans[field] = new Int32Array(this.#edges.length);
    }
    this.#planChecked = true;
  }

  /** Notes where each wanted column begins and ends, in one walk over the bytes; returns where the next line begins. */
  #line(start: number): number {
    const text = this.#text;
    const length = text.length;
    if (isBlank(text, start)) return text.indexOf(NEWLINE, start) + 1 || length;
    const { fieldOf } = this.#planFor(start);
    if (this.#count === this.#short.length) this.#grow();
    let column = 0;
    let begin = start;
    let at = start;
    for (; ; at++) {
      at = nextControl(text, this.#view, at);
      if (at === length || text[at] === NEWLINE) break;
      if (text[at] !== TAB) continue;
      this.#endColumn(fieldOf, column++, begin, at);
      begin = at + 1;
    }
    const end = at > start && text[at - 1] === RETURN ? at - 1 : at;
    this.#endColumn(fieldOf, column, Math.min(begin, end), end);
    this.#endLine(start, end, column + 1 < fieldOf.length);
    return at + 1;
  }

  #endColumn(fieldOf: Int8Array, column: number, start: number, end: number): void {
    const field = column < fieldOf.length ? (fieldOf[column] as number) : -1;
    // `-` is CloudFront's word for no value.
    if (field < 0 || (end - start === 1 && this.#text[start] === DASH)) return;
    const spans = this.#spans[field] as Int32Array;
    spans[this.#count * 2] = start;
    spans[this.#count * 2 + 1] = end;
  }

  #endLine(start: number, end: number, short: boolean): void {
    this.#edges[this.#count * 2] = start;
    this.#edges[this.#count * 2 + 1] = end;
    this.#short[this.#count] = short ? 1 : 0;
    this.#count++;
  }

  #grow(): void {
    const lines = this.#short.length * 2;
    this.#spans.forEach((spans, field) => {
      if (spans.length > 0) this.#spans[field] = enlarge(spans, new Int32Array(lines * 2));
    });
    this.#edges = enlarge(this.#edges, new Int32Array(lines * 2));
    this.#short = enlarge(this.#short, new Uint8Array(lines));
  }
}

/**
 * Where the next byte below 14 is, or the end: tabs and line breaks are below, all that CloudFront writes is above. Four
 * bytes are looked at together: subtracting 14 from each borrows into its top bit where it was smaller.
 */
function nextControl(text: Uint8Array, view: DataView, start: number): number {
  let at = start;
  for (; at + 4 <= text.length; at += 4) {
    const word = view.getInt32(at, true);
    if (((word - 0x0e0e0e0e) & ~word & 0x80808080) !== 0) break;
  }
  while (at < text.length && (text[at] as number) > RETURN) at++;
  return at;
}

const isBlank = (text: Uint8Array, at: number): boolean =>
  text[at] === NEWLINE || (text[at] === RETURN && (at + 1 === text.length || text[at + 1] === NEWLINE));

function enlarge<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The first lines may be shorter than all others. */
const MOST_GUESSED = 1_000_000;

/** Judged by the first lines, a little too many: growing costs a copy. */
function guessLines(text: Buffer): number {
  const sample = text.subarray(0, 65_536);
  let lines = 1;
  for (let at = sample.indexOf(NEWLINE); at !== -1; at = sample.indexOf(NEWLINE, at + 1)) lines++;
  const guess = Math.ceil((lines / Math.max(1, sample.length)) * text.length * 1.1) + 16;
  return Math.min(guess, MOST_GUESSED);
}
