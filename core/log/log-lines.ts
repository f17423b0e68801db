import { LineBlock, type LineReader, LONGEST_LINE, tooLong } from './block.ts';
import { JsonReader } from './json.ts';
import { ColumnReader, type LineOptions } from './lines.ts';
import { LogError } from './log-error.ts';

const NEWLINE = 0x0a;
const BRACE = 0x7b;
const BRACKET = 0x5b;
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The lines of one log in any of CloudFront's text formats, whose text comes in pieces of any size. */
export class LogLines {
  readonly #options: LineOptions;
  readonly #block: LineBlock;
  #reader: LineReader | null = null;
  /** Begin of a line whose end has not come yet. */
  #rest: Buffer = Buffer.alloc(0);
  #offset = 0;

  constructor(options: LineOptions, block = new LineBlock()) {
    this.#options = options;
    this.#block = block;
  }

  /** Blocks of the lines that this piece completes; always the same block, filled anew. */
  *add(piece: Buffer): Generator<LineBlock, void, void> {
    const text = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const end = text.lastIndexOf(NEWLINE) + 1;
    this.#rest = text.subarray(end);
    if (this.#rest.length > LONGEST_LINE) throw tooLong(this.#options.object, this.#offset + end);
    yield* this.#read(text.subarray(0, end));
  }

  /** Blocks of what is left when the last piece has come. */
  *end(): Generator<LineBlock, void, void> {
    yield* this.#read(this.#rest);
    this.#reader?.end();
  }

  *#read(text: Buffer): Generator<LineBlock, void, void> {
    if (text.length === 0) return;
    const begin = this.#reader === null ? withoutMark(text) : text;
    this.#reader ??= readerOf(begin, this.#options);
    this.#reader.begin(begin, this.#offset + text.length - begin.length);
    this.#offset += text.length;
    for (this.#reader.read(this.#block); this.#block.count > 0; this.#reader.read(this.#block)) {
      yield this.#block;
    }
  }
}

/** Editors on Windows put a byte order mark before UTF-8. */
const withoutMark = (text: Buffer): Buffer =>
  text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text;

/** Whether a log is one JSON object a line its first character tells; so it does of files that people turn logs into. */
function readerOf(text: Buffer, options: LineOptions): LineReader {
  const first = text.find((byte) => !BLANK.has(byte));
  if (text[0] === BRACKET)
    throw new LogError(options.object, 'a JSON array: write one object a line, as CloudFront does');
  const mark = text.length < 2 ? 0 : text.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0xfeff) throw new LogError(options.object, 'UTF-16 text: save it as UTF-8');
  return first === BRACE ? new JsonReader(options) : new ColumnReader(options);
}
