import { constants, createGunzip, type Gunzip, gunzipSync } from 'node:zlib';
import { LogError } from './log-error.ts';
import type { SourceReader } from './source.ts';

export type { LogSource } from './source.ts';

/** So much of an object is held at once, and unpacked in one call if its text is no larger than that below. */
const SMALL_BYTES = 2 ** 24;
const SMALL_TEXT_BYTES = 2 ** 27;
/** Size of the pieces of a larger text: zlib is slow with small ones. */
const PIECE_BYTES = 2 ** 20;
/** Deflate cannot shrink data further than this. */
const MAX_RATIO = 1032;

/**
 * The text of a log object in pieces that the caller may change: unpacked when the object starts as gzip does. Several
 * gzip members are one text. It holds 144 MiB at most, whatever the object's size.
 */
export async function* unpackLog(object: string, source: SourceReader): AsyncGenerator<Buffer, void, void> {
  const head = await source.read(SMALL_BYTES);
  if (!isGzip(head)) {
    yield* pieces(head);
    for (let next = await source.next(); next !== null; next = await source.next()) yield* pieces(next);
    return;
  }
  const text = source.isAtEnd ? gunzip(object, head) : null;
  if (text !== null) yield text;
  else yield* new Unpacking(object, head, source).pieces();
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function* pieces(bytes: Uint8Array): Generator<Buffer, void, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    yield Buffer.from(bytes.subarray(at, at + PIECE_BYTES));
}

/** Unpacks a whole object in one call, three times as fast as piece by piece; null where its text is too large for that. */
function gunzip(object: string, bytes: Uint8Array): Buffer | null {
  try {
    const { buffer, engine } = gunzipSync(bytes, {
      chunkSize: outputSize(bytes),
      maxOutputLength: SMALL_TEXT_BYTES,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    refuseRest(object, engine.bytesWritten, bytes.subarray(engine.bytesWritten));
    return buffer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw explain(object, error, () => (code === 'Z_BUF_ERROR' ? bytes.length : lastGoodByte(bytes)));
  }
}

/** One output buffer of the right size spares zlib from growing it; the trailer holds the size of the last member. */
function outputSize(bytes: Uint8Array): number {
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.length - 4));
  const promised = trailer.byteLength >= 4 ? trailer.getUint32(0, true) : 0;
  const possible = Math.min(bytes.length * MAX_RATIO, SMALL_TEXT_BYTES);
  return Math.min(Math.max(promised, bytes.length * 2), possible) + 64;
}

/** A large object being unpacked while it is read. */
class Unpacking {
  readonly #object: string;
  readonly #source: SourceReader;
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  /** Bytes of the object before the chunk that zlib is at. */
  #before = 0;
  #chunk: Uint8Array;

  constructor(object: string, head: Uint8Array, source: SourceReader) {
    this.#object = object;
    this.#chunk = head;
    this.#source = source;
  }

  async *pieces(): AsyncGenerator<Buffer, void, void> {
    this.#feed().catch((error: Error) => this.#gunzip.destroy(error));
    try {
      yield* this.#gunzip as AsyncIterable<Buffer>;
    } catch (error) {
      throw explain(this.#object, error, () => this.#gunzip.bytesWritten);
    }
    let byte = this.#gunzip.bytesWritten;
    let rest: Uint8Array | null = this.#chunk.subarray(byte - this.#before);
    for (; rest !== null; rest = await this.#source.next()) {
      refuseRest(this.#object, byte, rest);
      byte += rest.length;
    }
  }

  /**
   * Waits for zlib after each chunk, so that no more than one is held. Of the chunk in which the last member ends it
   * leaves the rest; one behind the end it never answers for.
   */
  async #feed(): Promise<void> {
    let next: Uint8Array | null = this.#chunk;
    while (next !== null) {
      this.#chunk = next;
      await new Promise<void>((resolve, reject) => {
        this.#gunzip.write(this.#chunk, (error) => (error ? reject(error) : resolve()));
      });
      if (this.#gunzip.bytesWritten < this.#before + this.#chunk.length) return;
      next = await this.#source.next();
      if (next !== null) this.#before += this.#chunk.length;
    }
    this.#gunzip.end();
  }
}

/** Behind the last member some tools fill up with zeros. */
function refuseRest(object: string, byte: number, rest: Uint8Array): void {
  const found = rest.findIndex((value) => value !== 0);
  if (found !== -1) throw broken(object, byte + found, 'data after the end');
}

const broken = (object: string, byte: number, why: string): LogError =>
  new LogError(object, `gzip is broken at byte ${byte} (${why}), fetch the file again`);

function explain(object: string, error: unknown, byteOf: () => number): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof LogError || code?.startsWith('Z_') !== true) return error;
  return broken(object, byteOf(), code === 'Z_BUF_ERROR' ? 'the file ends too early' : message);
}

/** zlib does not say where it stopped, so bisect for the longest prefix that unpacks. */
function lastGoodByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (unpacks(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function unpacks(prefix: Uint8Array): boolean {
  try {
    gunzipSync(prefix, { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: outputSize(prefix) });
    return true;
  } catch {
    return false;
  }
}
