import { constants, gunzipSync } from 'node:zlib';
import { LogError } from './log-error.ts';

/** Offsets into a log's text are signed 32-bit numbers. */
const MAX_TEXT_BYTES = 2 ** 31 - 1;
/** Largest output buffer taken on the word of a gzip trailer, which is not to be trusted. */
const MAX_CHUNK_BYTES = 2 ** 28;
/** Deflate cannot shrink data further than this. */
const MAX_RATIO = 1032;

/** The text of a log object: unpacked when it starts as gzip does, else a copy. Several gzip members are one text. */
export function unpackLog(object: string, bytes: Uint8Array): Buffer {
  const text = isGzip(bytes) ? gunzip(object, bytes) : Buffer.from(bytes);
  if (text.length >= MAX_TEXT_BYTES)
    throw new LogError(object, 'holds 2 GiB of text or more, split the file');
  return text;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function gunzip(object: string, bytes: Uint8Array): Buffer {
  try {
    const { buffer, engine } = gunzipSync(bytes, {
      chunkSize: outputSize(bytes),
      maxOutputLength: MAX_TEXT_BYTES,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    const rest = bytes.subarray(engine.bytesWritten).findIndex((byte) => byte !== 0);
    if (rest !== -1) throw broken(object, engine.bytesWritten + rest, 'data after the end');
    return buffer;
  } catch (error) {
    if (error instanceof LogError) throw error;
    throw explain(object, bytes, error);
  }
}

/** One output buffer of the right size spares zlib from growing it; the trailer holds the size of the last member. */
function outputSize(bytes: Uint8Array): number {
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.length - 4));
  const promised = trailer.byteLength >= 4 ? trailer.getUint32(0, true) : 0;
  const possible = Math.min(bytes.length * MAX_RATIO, MAX_CHUNK_BYTES);
  return Math.min(Math.max(promised, bytes.length * 2), possible) + 64;
}

const broken = (object: string, byte: number, why: string): LogError =>
  new LogError(object, `gzip is broken at byte ${byte} (${why}), fetch the file again`);

function explain(object: string, bytes: Uint8Array, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return broken(object, bytes.length, 'the file ends too early');
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return new LogError(object, 'unpacks to 2 GiB or more, split the file');
  if (code?.startsWith('Z_') !== true) return error;
  return broken(object, lastGoodByte(bytes), message);
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
