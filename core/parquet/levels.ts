/** Parquet's hybrid of run lengths and packed bits: definition levels and dictionary indexes. */

/** Bits that hold numbers from 0 to `most`. */
export const bitWidth = (most: number): number => 32 - Math.clz32(most);

/** Encodes definition levels: 1 for a value, 0 for null. */
export function encodeLevels(levels: Uint8Array, nulls: number): Buffer {
  const same = nulls === 0 || nulls === levels.length;
  return same ? repeated(nulls === 0 ? 1 : 0, levels.length, 1) : packed(levels, 1);
}

/** Encodes numbers of `width` bits; with no bits there is only one number. */
export function encodeHybrid(values: Int32Array, width: number): Buffer {
  return width === 0 ? repeated(0, values.length, width) : packed(values, width);
}

function repeated(value: number, count: number, width: number): Buffer {
  const header = varint(count * 2);
  const bytes = Math.ceil(width / 8);
  const body = Array.from({ length: bytes }, (_, at) => (value >>> (at * 8)) & 255);
  return Buffer.from([...header, ...body]);
}

/** Groups of eight numbers, lowest bits first; the last group is filled up with zeros. */
function packed(values: Int32Array | Uint8Array, width: number): Buffer {
  const groups = Math.ceil(values.length / 8);
  const header = varint(groups * 2 + 1);
  const out = Buffer.alloc(header.length + groups * width);
  out.set(header);
  let at = header.length;
  let bits = 0;
  let held = 0;
  for (let index = 0; index < values.length; index++) {
    held |= (values[index] as number) << bits;
    bits += width;
    while (bits >= 8) {
      out[at++] = held & 255;
      held >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) out[at] = held & 255;
  return out;
}

function varint(value: number): readonly number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) out.push((rest & 127) | 128);
  out.push(rest);
  return out;
}
