/** Thrift's compact protocol, as far as Parquet's footer and page headers need it. */

const TRUE = 1;
const FALSE = 2;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** A value with its wire type. */
export interface Thrift {
  readonly type: number;
  readonly write: (out: number[]) => void;
}

/** Fields of a struct by their number, ascending; undefined ones are left out. */
export type Fields = readonly (readonly [id: number, value: Thrift | undefined])[];

function varint(out: number[], value: bigint): void {
  let rest = value;
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
}

/** Small numbers of either sign become small unsigned ones. */
const zigzag = (value: bigint): bigint => (value >= 0n ? value << 1n : (-value << 1n) - 1n);

const integer =
  (type: number) =>
  (value: number | bigint): Thrift => ({
    type,
    write: (out) => varint(out, zigzag(BigInt(value))),
  });

export const i16 = integer(I16);
export const i32 = integer(I32);
export const i64 = integer(I64);

export const bool = (value: boolean): Thrift => ({ type: value ? TRUE : FALSE, write: () => {} });

export const binary = (value: Uint8Array | string): Thrift => ({
  type: BINARY,
  write: (out) => {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    varint(out, BigInt(bytes.length));
    for (const byte of bytes) out.push(byte);
  },
});

/** Items of one type; not for booleans, which are written differently in lists. */
export const list = (items: readonly Thrift[]): Thrift => ({
  type: LIST,
  write: (out) => {
    const type = items[0]?.type ?? STRUCT;
    out.push((Math.min(items.length, 15) << 4) | type);
    if (items.length >= 15) varint(out, BigInt(items.length));
    for (const item of items) item.write(out);
  },
});

export const struct = (fields: Fields): Thrift => ({
  type: STRUCT,
  write: (out) => {
    let last = 0;
    for (const [id, value] of fields) {
      if (value === undefined) continue;
      out.push(((id - last) << 4) | value.type);
      last = id;
      value.write(out);
    }
    out.push(0);
  },
});

/** The bytes of a struct. */
export function encodeThrift(value: Thrift): Buffer {
  const out: number[] = [];
  value.write(out);
  return Buffer.from(out);
}
