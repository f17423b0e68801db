import { constants, zstdCompressSync } from 'node:zlib';
import type { BatchColumn } from '../batch.ts';
import type { Column } from '../schema.ts';
import { bitWidth, encodeHybrid, encodeLevels } from './levels.ts';
import { binary, encodeThrift, i32, i64, list, struct, type Thrift } from './thrift.ts';
import { type ChunkValues, takeValues } from './values.ts';

/** Numbers that the Parquet format gives to types, encodings and codecs. */
export const PHYSICAL = { boolean: 0, int: 1, bigint: 2, text: 6 } as const;
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const UNCOMPRESSED = 0;
const ZSTD = 6;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;

/** A call of zstd costs more than so few bytes are worth. */
const SMALL = 200;
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

interface Page {
  readonly body: Buffer;
  readonly header: (compressed: number) => Thrift;
}

/** One column of a row group: its pages, and what the footer says of them. */
export interface Chunk {
  readonly bytes: readonly Buffer[];
  readonly size: number;
  readonly unpackedSize: number;
  /** The footer's entry, given where the chunk begins in the file. */
  readonly meta: (offset: number) => Thrift;
}

/** Encodes rows `[from, until)` of a column: a dictionary page where it pays, and one data page. */
export function encodeChunk(column: Column, data: BatchColumn, from: number, until: number): Chunk {
  const values = takeValues(data, from, until);
  if (!column.optional && values.nulls > 0) throw new Error(`column ${column.name} must not be null`);
  const pages = [dictionaryPage(values), dataPage(column, values)].filter((page) => page !== null);
  const packed = pack(pages);
  const headers = pages.map((page, index) => encodeThrift(page.header(packed.bodies[index]?.length ?? 0)));
  const bytes = headers.flatMap((header, index) => [header, packed.bodies[index] ?? Buffer.alloc(0)]);
  const size = sizeOf(bytes);
  const unpackedSize = sizeOf(headers) + sizeOf(pages.map((page) => page.body));
  const hasDictionary = values.content.form === 'dictionary';
  const dataOffset = hasDictionary ? sizeOf(bytes.slice(0, 2)) : 0;
  const meta = (offset: number): Thrift =>
    struct([
      [2, i64(0)],
      [
        3,
        struct([
          [1, i32(PHYSICAL[column.type])],
          [2, list((hasDictionary ? [RLE_DICTIONARY, RLE, PLAIN] : [RLE, PLAIN]).map(i32))],
          [3, list([binary(column.name)])],
          [4, i32(packed.codec)],
          [5, i64(until - from)],
          [6, i64(unpackedSize)],
          [7, i64(size)],
          [9, i64(offset + dataOffset)],
          [11, hasDictionary ? i64(offset) : undefined],
          [12, statistics(values)],
        ]),
      ],
    ]);
  return { bytes, size, unpackedSize, meta };
}

const sizeOf = (parts: readonly Buffer[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** All pages of a chunk share one codec. */
function pack(pages: readonly Page[]): { codec: number; bodies: readonly Buffer[] } {
  const plain = pages.map((page) => page.body);
  if (sizeOf(plain) < SMALL) return { codec: UNCOMPRESSED, bodies: plain };
  const bodies = plain.map((body) => zstdCompressSync(body, FAST));
  return sizeOf(bodies) < sizeOf(plain) ? { codec: ZSTD, bodies } : { codec: UNCOMPRESSED, bodies: plain };
}

function dictionaryPage({ content }: ChunkValues): Page | null {
  if (content.form === 'plain') return null;
  const numbers = struct([
    [1, i32(content.size)],
    [2, i32(PLAIN)],
  ]);
  return { body: content.page, header: pageHeader(DICTIONARY_PAGE, content.page.length, [7, numbers]) };
}

function dataPage({ optional }: Column, { content, levels, nulls }: ChunkValues): Page {
  const parts = optional ? [withLength(encodeLevels(levels, nulls))] : [];
  if (content.form === 'plain') {
    parts.push(content.page);
  } else {
    const width = bitWidth(content.size - 1);
    parts.push(Buffer.of(width), encodeHybrid(content.indexes, width));
  }
  const body = Buffer.concat(parts);
  const numbers = struct([
    [1, i32(levels.length)],
    [2, i32(content.form === 'plain' ? PLAIN : RLE_DICTIONARY)],
    [3, i32(RLE)],
    [4, i32(RLE)],
  ]);
  return { body, header: pageHeader(DATA_PAGE, body.length, [5, numbers]) };
}

const pageHeader =
  (type: number, size: number, numbers: readonly [number, Thrift]) =>
  (compressed: number): Thrift =>
    struct([[1, i32(type)], [2, i32(size)], [3, i32(compressed)], numbers]);

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function statistics({ nulls, bounds }: ChunkValues): Thrift {
  return struct([
    [3, i64(nulls)],
    [5, bounds === null ? undefined : binary(bounds.max)],
    [6, bounds === null ? undefined : binary(bounds.min)],
  ]);
}
