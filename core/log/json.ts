import { type LineBlock, type LineReader, LONGEST_LINE, tooLong } from './block.ts';
import { LOG_FIELDS, normalise, requireFields } from './format.ts';
import type { LineOptions } from './lines.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;
const QUOTE = 0x22;
const COMMA = 0x2c;
const DASH = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** Text of a block, of which one line more is taken: the kernel has room for eight times as much. */
const BLOCK_BYTES = 2 ** 18;
/** Longer numbers may read otherwise than they are written. */
const LONGEST_NUMBER = 15;

/** 1 for what ends a plain run within a string: its quote, an escape, and control characters, which JSON forbids. */
const ENDS_RUN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === 0x5c ? 1 : 0,
);

/** Reads logs of one JSON object a line. A value is a place in the line where it stands there as it is meant. */
export class JsonReader implements LineReader {
  readonly #options: LineOptions;
  #text: Buffer = Buffer.alloc(0);
  #offset = 0;
  #at = 0;
  #lines = 0;
  /** 1 for each field that some line has. */
  readonly #seen = new Uint8Array(LOG_FIELDS.length);
  /** Start and end of each field in the line at hand. */
  readonly #found = new Int32Array(LOG_FIELDS.length * 2);
  readonly #names = new NameFinder();

  constructor(options: LineOptions) {
    this.#options = options;
  }

  begin(text: Buffer, offset: number): void {
    this.#text = text;
    this.#offset = offset;
    this.#at = 0;
  }

  read(block: LineBlock): void {
    block.count = 0;
    block.expect(() => true);
    this.#readPlain(block);
    if (block.count === 0) this.#rewrite(block);
    this.#lines += block.count;
  }

  /** Takes lines as they are, up to one that `#scan` cannot read. */
  #readPlain(block: LineBlock): void {
    let end = this.#next();
    const base = this.#at;
    let last = base;
    for (; end !== -1 && !isEnough(block, this.#at - base); end = this.#next()) {
      if (!this.#scan(this.#at, end)) break;
      this.#found.forEach((place, at) => {
        (block.spans[at >> 1] as Int32Array)[block.count * 2 + (at & 1)] = Math.max(0, place - base);
      });
      block.endLine(this.#at - base, end - base, false);
      this.#at = end;
      last = end;
    }
    block.place(this.#text.subarray(base, last));
  }

  /** Only now is it clear what no line has. */
  end(): void {
    const { object, needed } = this.#options;
    if (this.#lines > 0) requireFields(object, (field) => this.#seen[field] === 1, needed);
  }

  /** Goes to the next line that is neither empty nor a comment; returns its end without its line break, or -1. */
  #next(): number {
    const text = this.#text;
    while (this.#at < text.length) {
      const found = text.indexOf(NEWLINE, this.#at);
      const stop = found === -1 ? text.length : found;
      const end = stop > this.#at && text[stop - 1] === RETURN ? stop - 1 : stop;
      const isLine = end > this.#at && text[this.#at] !== HASH;
      if (isLine && end - this.#at > LONGEST_LINE)
        throw tooLong(this.#options.object, this.#offset + this.#at);
      if (isLine) return end;
      this.#at = stop + 1;
    }
    return -1;
  }

  /** Finds the fields of a line of strings and whole numbers without escapes; false for any other line. */
  #scan(start: number, end: number): boolean {
    const text = this.#text;
    this.#found.fill(0);
    let at = skipBlanks(text, start, end);
    if (text[at] !== OPEN) return false;
    for (let place = 0; ; place++) {
      at = this.#member(at + 1, end, place);
      if (at === -1 || at >= end) return false;
      if (text[at] !== COMMA) return text[at] === CLOSE && skipBlanks(text, at + 1, end) === end;
    }
  }

  /** Finds one name with its value; returns where the comma or brace behind it should be, or -1. */
  #member(start: number, end: number, place: number): number {
    const text = this.#text;
    const name = skipBlanks(text, start, end);
    const nameEnd = endOfString(text, name, end);
    if (nameEnd === -1) return -1;
    const field = this.#names.fieldAt(text, name + 1, nameEnd, place);
    const colon = skipBlanks(text, nameEnd + 1, end);
    if (colon >= end || text[colon] !== COLON) return -1;
    const value = skipBlanks(text, colon + 1, end);
    const quotes = text[value] === QUOTE ? 1 : 0;
    const valueEnd = quotes === 1 ? endOfString(text, value, end) : endOfNumber(text, value, end);
    if (valueEnd === -1 || !this.#note(field, value + quotes, valueEnd)) return -1;
    return skipBlanks(text, valueEnd + quotes, end);
  }

  /** False for a field that comes twice. */
  #note(field: number, start: number, end: number): boolean {
    if (field < 0) return true;
    this.#seen[field] = 1;
    if (this.#found[field * 2 + 1] !== 0) return false;
    if (end - start === 1 && this.#text[start] === DASH) return true;
    this.#found[field * 2] = start;
    this.#found[field * 2 + 1] = end;
    return true;
  }

  /** Reads lines that `#scan` cannot into a text of their own: each line, then its values as they are meant. */
  #rewrite(block: LineBlock): void {
    const parts: Buffer[] = [];
    let size = 0;
    const put = (part: Buffer): number => {
      parts.push(part);
      size += part.length;
      return size;
    };
    for (let end = this.#next(); end !== -1 && !isEnough(block, size); end = this.#next()) {
      if (this.#scan(this.#at, end)) break;
      for (const spans of block.spans) spans.fill(0, block.count * 2, block.count * 2 + 2);
      const line = this.#text.subarray(this.#at, end);
      const start = size;
      const stop = put(line);
      const object = parseObject(line.toString('utf8'));
      for (const [name, value] of Object.entries(object ?? {})) {
        const field = fieldOf(name);
        if (field < 0) continue;
        this.#seen[field] = 1;
        (block.spans[field] as Int32Array).set([size, put(Buffer.from(textOf(value)))], block.count * 2);
      }
      block.endLine(start, stop, object === null);
      this.#at = end;
    }
    block.place(Buffer.concat(parts));
  }
}

const isEnough = (block: LineBlock, bytes: number): boolean => block.isFull || bytes > BLOCK_BYTES;

/** Finds fields by name. The lines of a log name them in the same order, so the name of the line before is tried first. */
class NameFinder {
  readonly #names: Buffer[] = [];
  readonly #fields: number[] = [];

  fieldAt(text: Buffer, start: number, end: number, place: number): number {
    const known = this.#names[place];
    if (known?.length === end - start && isAt(known, text, start)) return this.#fields[place] as number;
    this.#names[place] = Buffer.from(text.subarray(start, end));
    this.#fields[place] = fieldOf(text.toString('utf8', start, end));
    return this.#fields[place] as number;
  }
}

function isAt(name: Uint8Array, text: Uint8Array, start: number): boolean {
  for (let at = 0; at < name.length; at++) if (name[at] !== text[start + at]) return false;
  return true;
}

const fieldOf = (name: string): number => (LOG_FIELDS as readonly string[]).indexOf(normalise(name));

function skipBlanks(text: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (text[at] === 0x20 || text[at] === 0x09 || text[at] === RETURN)) at++;
  return at;
}

/** Where the closing quote of a plain string is; -1 where there is none, or something is escaped. */
function endOfString(text: Uint8Array, start: number, end: number): number {
  if (start >= end || text[start] !== QUOTE) return -1;
  let at = start + 1;
  while (at < end && ENDS_RUN[text[at] as number] === 0) at++;
  return at < end && text[at] === QUOTE ? at : -1;
}

/** Where a number of digits only ends; -1 for any other number. */
function endOfNumber(text: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (text[at] as number) >= ZERO && (text[at] as number) <= ZERO + 9) at++;
  const digits = at - start;
  const isPlain = digits === 1 || (digits > 1 && digits <= LONGEST_NUMBER && text[start] !== ZERO);
  return isPlain ? at : -1;
}

function parseObject(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Only texts and numbers are values; `-` is CloudFront's word for none. */
function textOf(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return value === '-' ? '' : String(value);
}
