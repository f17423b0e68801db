/** The bytes of an object, at once or as they come. */
export type LogSource = Uint8Array | AsyncIterable<Uint8Array>;

/** Reads bytes that come in chunks of any size. */
export class SourceReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #isAtEnd = false;

  constructor(source: LogSource) {
    const chunks = source instanceof Uint8Array ? once(source) : source;
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Whether all has been read. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** The next chunk, null at the end. */
  async next(): Promise<Uint8Array | null> {
    const { value, done } = await this.#chunks.next();
    this.#isAtEnd = done === true;
    return this.#isAtEnd ? null : value;
  }

  /** All bytes where there are no more than `most`; else a little more than that many. */
  async read(most: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for (let next = await this.next(); next !== null; next = await this.next()) {
      parts.push(next);
      size += next.length;
      if (size > most) break;
    }
    return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  }

  /** Says that no more is wanted. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}
