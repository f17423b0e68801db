import type { BatchColumn, DictionaryColumn, PlainColumn } from '../batch.ts';
import { type Bounds, numberBounds, PlainTexts, pickNumbers, plainNumbers } from './plain.ts';

/** Values of one column within a row group, ready for its pages. */
export interface ChunkValues {
  /** 1 for each row with a value, 0 for null. */
  readonly levels: Uint8Array;
  readonly nulls: number;
  readonly bounds: Bounds | null;
  /** The dictionary page with an index for each row that has a value, or those values themselves. */
  readonly content:
    | {
        readonly form: 'dictionary';
        readonly page: Buffer;
        readonly size: number;
        readonly indexes: Int32Array;
      }
    | { readonly form: 'plain'; readonly page: Buffer };
}

/** A dictionary pays where each of its values is used at least twice. */
const WORTH = 2;

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
  const present = indexes.subarray(0, count);
  return { levels, nulls: ids.length - count, ...encodeUsed(column.values, used, present) };
}

function encodeUsed(
  values: DictionaryColumn['values'],
  used: readonly number[],
  indexes: Int32Array,
): Pick<ChunkValues, 'bounds' | 'content'> {
  const worthwhile = used.length > 0 && used.length * WORTH <= indexes.length;
  const dictionary = (page: Buffer) => ({ form: 'dictionary', page, size: used.length, indexes }) as const;
  const plain = (page: Buffer) => ({ form: 'plain', page }) as const;
  if (values instanceof Int32Array || values instanceof BigInt64Array) {
    const distinct = pickNumbers(values, used);
    const content = worthwhile
      ? dictionary(plainNumbers(distinct))
      : plain(plainNumbers(pickNumbers(distinct, indexes)));
    return { bounds: numberBounds(distinct), content };
  }
  const texts = new PlainTexts(used.map((id) => values[id] ?? ''));
  return {
    bounds: texts.bounds(),
    content: worthwhile ? dictionary(texts.bytes) : plain(texts.repeat(indexes)),
  };
}

function takePlain(column: PlainColumn, from: number, until: number): ChunkValues {
  const levels = column.present?.subarray(from, until) ?? new Uint8Array(until - from).fill(1);
  const rows = column.values.subarray(from, until);
  const places = new Int32Array(levels.length);
  let count = 0;
  for (let row = 0; row < levels.length; row++) if (levels[row] === 1) places[count++] = row;
  const values = count === rows.length ? rows : pickNumbers(rows, places.subarray(0, count));
  const content = { form: 'plain', page: plainNumbers(values) } as const;
  return { levels, nulls: levels.length - count, bounds: numberBounds(values), content };
}
