import type { BatchColumn, DictionaryColumn, PlainColumn } from '../batch.ts';
import { type Bounds, numberBounds, PlainTexts, pickNumbers, plainNumbers } from './plain.ts';

/** Values of one column within a row group, ready for its pages; good until the next column is taken. */
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
  const { levels, indexes } = room(ids.length);
  const { used, count } = renumber(ids, column.values.length, levels, indexes);
  const present = indexes.subarray(0, count);
  return { levels, nulls: ids.length - count, ...encodeUsed(column.values, used, present) };
}

let spareLevels = new Uint8Array(0);
let spareIndexes = new Int32Array(0);

/** Arrays for the column at hand, used again for the next one: fresh memory costs more than what is done with it. */
function room(rows: number): { readonly levels: Uint8Array; readonly indexes: Int32Array } {
  if (rows > spareLevels.length) {
    spareLevels = new Uint8Array(rows);
    spareIndexes = new Int32Array(rows);
  }
  return { levels: spareLevels.subarray(0, rows), indexes: spareIndexes.subarray(0, rows) };
}

/** Numbers the values that are used in the order of their first use; notes which rows have one, and its new number. */
function renumber(
  ids: Int32Array,
  values: number,
  levels: Uint8Array,
  indexes: Int32Array,
): { readonly used: readonly number[]; readonly count: number } {
  // One place more, for null: without a branch for it the loop takes two thirds of the time.
  const numbers = new Int32Array(values + 1);
  const used: number[] = [];
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    const level = id < 0 ? 0 : 1;
    let number = numbers[id + 1] as number;
    if (number === 0 && level === 1) {
      number = used.push(id);
      numbers[id + 1] = number;
    }
    levels[row] = level;
    indexes[count] = number - 1;
    count += level;
  }
  return { used, count };
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
  const values = levels.includes(0) ? pickNumbers(rows, placesOf(levels)) : rows;
  const content = { form: 'plain', page: plainNumbers(values) } as const;
  return { levels, nulls: levels.length - values.length, bounds: numberBounds(values), content };
}

/** Places of the rows that have a value. */
function placesOf(levels: Uint8Array): Int32Array {
  const places = new Int32Array(levels.length);
  let count = 0;
  for (let row = 0; row < levels.length; row++) if (levels[row] === 1) places[count++] = row;
  return places.subarray(0, count);
}
