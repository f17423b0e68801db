import type { BatchColumn, DictionaryColumn, PlainColumn } from './batch.ts';

/** Values of one column within a row group, ready for its pages. */
export interface ChunkValues {
  /** 1 for each row with a value, 0 for null. */
  readonly levels: Uint8Array;
  readonly nulls: number;
  /** The dictionary page, or null when the values stand in the data page. */
  readonly dictionary: { readonly bytes: Buffer; readonly count: number } | null;
  /** Index into the dictionary for each row with a value. */
  readonly indexes: Int32Array;
  /** Values in the data page, when there is no dictionary. */
  readonly plain: Buffer;
  readonly range: { readonly min: Buffer; readonly max: Buffer } | null;
}

/** A dictionary pays where each of its values is used at least twice. */
const WORTH = 2;
/** Longer values are no use as bounds and would swell the footer. */
const LONGEST_BOUND = 1_024;

/** Takes rows `[from, until)` of a column. */
export function takeValues(column: BatchColumn, from: number, until: number): ChunkValues {
  return column.form === 'dictionary' ? takeDictionary(column, from, until) : takePlain(column, from, until);
}

function takeDictionary(column: DictionaryColumn, from: number, until: number): ChunkValues {
  const ids = column.ids.subarray(from, until);
  const levels = new Uint8Array(ids.length);
  const indexes = new Int32Array(ids.length);
  const local = new Int32Array(column.values.length).fill(-1);
  const used: number[] = [];
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    if (id < 0) continue;
    levels[row] = 1;
    if (local[id] === -1) local[id] = used.push(id) - 1;
    indexes[count++] = local[id] as number;
  }
  const encoded = encodeUsed(column.values, used);
  const range = rangeOf(encoded);
  const common = { levels, nulls: ids.length - count, range };
  if (count === 0 || used.length * WORTH > count) {
    const plain = repeatUsed(encoded, indexes.subarray(0, count));
    return { ...common, dictionary: null, indexes: new Int32Array(0), plain };
  }
  const dictionary = { bytes: encoded.bytes, count: used.length };
  return { ...common, dictionary, indexes: indexes.subarray(0, count), plain: Buffer.alloc(0) };
}

/** Values in Parquet's plain encoding, with the start of each; texts have their length before them. */
interface Encoded {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  /** Bytes of the length before a text. */
  readonly prefix: number;
  readonly compare: (a: Buffer, b: Buffer) => number;
}

const compareInts = (a: Buffer, b: Buffer): number => a.readInt32LE() - b.readInt32LE();
const compareBigints = (a: Buffer, b: Buffer): number =>
  a.readInt32LE(4) - b.readInt32LE(4) || a.readUInt32LE() - b.readUInt32LE();

function encodeUsed(values: DictionaryColumn['values'], used: readonly number[]): Encoded {
  if (values instanceof Int32Array)
    return encodeFixed(
      Int32Array.from(used, (id) => values[id] ?? 0),
      compareInts,
    );
  if (values instanceof BigInt64Array) {
    return encodeFixed(
      BigInt64Array.from(used, (id) => values[id] ?? 0n),
      compareBigints,
    );
  }
  return encodeTexts(used.map((id) => values[id] ?? ''));
}

function encodeFixed(values: Int32Array | BigInt64Array, compare: Encoded['compare']): Encoded {
  const size = values.BYTES_PER_ELEMENT;
  const starts = Int32Array.from({ length: values.length + 1 }, (_, index) => index * size);
  return { bytes: bytesOf(values), starts, prefix: 0, compare };
}

function encodeTexts(texts: readonly string[]): Encoded {
  const starts = new Int32Array(texts.length + 1);
  texts.forEach((text, index) => {
    starts[index + 1] = (starts[index] as number) + 4 + Buffer.byteLength(text);
  });
  const bytes = Buffer.allocUnsafe(starts[texts.length] as number);
  texts.forEach((text, index) => {
    const at = starts[index] as number;
    bytes.writeInt32LE((starts[index + 1] as number) - at - 4, at);
    bytes.write(text, at + 4);
  });
  return { bytes, starts, prefix: 4, compare: Buffer.compare };
}

function rangeOf({ bytes, starts, prefix, compare }: Encoded): ChunkValues['range'] {
  const valueAt = (index: number): Buffer =>
    bytes.subarray((starts[index] as number) + prefix, starts[index + 1]);
  if (starts.length < 2) return null;
  let min = valueAt(0);
  let max = min;
  for (let index = 1; index + 1 < starts.length; index++) {
    const value = valueAt(index);
    if (compare(value, min) < 0) min = value;
    else if (compare(value, max) > 0) max = value;
  }
  return Math.max(min.length, max.length) > LONGEST_BOUND ? null : { min, max };
}

function repeatUsed({ bytes, starts }: Encoded, indexes: Int32Array): Buffer {
  return Buffer.concat(Array.from(indexes, (index) => bytes.subarray(starts[index], starts[index + 1])));
}

function takePlain(column: PlainColumn, from: number, until: number): ChunkValues {
  const levels = column.present?.subarray(from, until) ?? new Uint8Array(until - from).fill(1);
  const values = present(column.values.subarray(from, until), levels);
  const none = { dictionary: null, indexes: new Int32Array(0) };
  const plain = values instanceof Uint8Array ? packBooleans(values) : bytesOf(values);
  return { levels, nulls: levels.length - values.length, ...none, plain, range: plainRange(values) };
}

/** The values of rows that have one. */
function present(values: PlainColumn['values'], levels: Uint8Array): PlainColumn['values'] {
  const count = levels.reduce((sum, level) => sum + level, 0);
  if (count === values.length) return values;
  if (values instanceof BigInt64Array) {
    const words = compact(new Float64Array(values.buffer, values.byteOffset, values.length), levels, count);
    return new BigInt64Array(words.buffer);
  }
  return compact(values, levels, count);
}

/** Copies what has a value. Bigints come as floats: eight bytes are moved without making an object of them. */
function compact<T extends Float64Array | Int32Array | Uint8Array>(
  values: T,
  levels: Uint8Array,
  count: number,
): T {
  const out = values.slice(0, count) as T;
  for (let row = 0, at = 0; row < levels.length; row++)
    if (levels[row] === 1) out[at++] = values[row] as number;
  return out;
}

const packBooleans = (values: Uint8Array): Buffer => {
  const out = Buffer.alloc(Math.ceil(values.length / 8));
  values.forEach((value, index) => {
    out[index >> 3] = (out[index >> 3] as number) | (value << (index & 7));
  });
  return out;
};

const bytesOf = (values: Int32Array | BigInt64Array): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);

function plainRange(values: PlainColumn['values']): ChunkValues['range'] {
  if (values.length === 0) return null;
  if (values instanceof BigInt64Array) return bigintRange(values);
  let min = values[0] as number;
  let max = min;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const bound = (value: number): Buffer =>
    values instanceof Uint8Array ? Buffer.of(value) : bytesOf(Int32Array.of(value));
  return { min: bound(min), max: bound(max) };
}

/** Compares upper words as signed, lower words as unsigned numbers. */
function bigintRange(values: BigInt64Array): ChunkValues['range'] {
  const lanes = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  let min = 0;
  let max = 0;
  const less = (a: number, b: number): boolean => {
    const highs = (lanes[a * 2 + 1] as number) - (lanes[b * 2 + 1] as number);
    return highs < 0 || (highs === 0 && (lanes[a * 2] as number) >>> 0 < (lanes[b * 2] as number) >>> 0);
  };
  for (let at = 1; at < values.length; at++) {
    if (less(at, min)) min = at;
    if (less(max, at)) max = at;
  }
  return { min: bytesOf(values.slice(min, min + 1)), max: bytesOf(values.slice(max, max + 1)) };
}
