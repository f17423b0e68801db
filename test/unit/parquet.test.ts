import { describe, expect, test } from 'vitest';
import type { Batch, BatchColumn } from '../../core/batch.ts';
import { encodeParquet } from '../../core/parquet/encode.ts';
import type { Column } from '../../core/schema.ts';
import { valueOfRow } from './batch-values.ts';
import { metadataOf, readWithDuckdb, readWithHyparquet } from './parquet-readers.ts';

const LOWEST = -(2n ** 63n);
const HIGHEST = 2n ** 63n - 1n;
/** As a float of 64 bits this would be a NaN with a payload. */
const NOT_A_FLOAT = 0x7ff0000000000001n;

const column = (name: string, type: Column['type'], optional = true): Column => ({
  name,
  type,
  optional,
  meaning: '',
  example: '',
});

const texts = (values: readonly (string | null)[]): BatchColumn => {
  const distinct = [...new Set(values.filter((value) => value !== null))];
  return {
    form: 'dictionary',
    values: distinct,
    ids: Int32Array.from(values, (one) => (one === null ? -1 : distinct.indexOf(one))),
  };
};
const bigints = (values: readonly (bigint | null)[]): BatchColumn => ({
  form: 'plain',
  values: BigInt64Array.from(values, (value) => value ?? 0n),
  present: Uint8Array.from(values, (value) => (value === null ? 0 : 1)),
});
const booleans = (values: readonly (boolean | null)[]): BatchColumn => ({
  form: 'plain',
  values: Uint8Array.from(values, (value) => (value === true ? 1 : 0)),
  present: Uint8Array.from(values, (value) => (value === null ? 0 : 1)),
});
const numbered = (values: BigInt64Array | Int32Array, ids: readonly number[]): BatchColumn => ({
  form: 'dictionary',
  values,
  ids: Int32Array.from(ids),
});

interface Case {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly (readonly [Column, BatchColumn])[];
  readonly rowsPerGroup?: number;
}

const LONG = 'x'.repeat(5_000);
const many = <T>(rows: number, make: (row: number) => T): T[] =>
  Array.from({ length: rows }, (_, row) => make(row));

const CASES: readonly Case[] = [
  {
    name: 'one row',
    rows: 1,
    columns: [
      [column('a', 'text'), texts(['x'])],
      [column('b', 'bigint', false), bigints([1n])],
    ],
  },
  {
    name: 'nulls and empty texts',
    rows: 5,
    columns: [
      [column('a', 'text'), texts(['', null, '', 'a', null])],
      [column('b', 'boolean'), booleans([true, null, false, true, true])],
      [column('c', 'int'), numbered(Int32Array.of(7, -7), [0, 1, -1, 0, 0])],
    ],
  },
  {
    name: 'a column of nulls only',
    rows: 3,
    columns: [
      [column('a', 'text'), texts([null, null, null])],
      [column('b', 'bigint'), bigints([null, null, null])],
      [column('c', 'boolean'), booleans([null, null, null])],
    ],
  },
  {
    name: 'texts of all planes',
    rows: 6,
    columns: [[column('a', 'text'), texts(['é', '日本語', '😀', '\uffff', 'e\u0301', '\u0000'])]],
  },
  {
    name: 'the ends of bigint',
    rows: 5,
    columns: [[column('a', 'bigint'), bigints([LOWEST, HIGHEST, 0n, -1n, NOT_A_FLOAT])]],
  },
  {
    name: 'bigints with nulls between',
    rows: 4,
    columns: [[column('a', 'bigint'), bigints([NOT_A_FLOAT, null, -NOT_A_FLOAT, null])]],
  },
  {
    name: 'the ends of int',
    rows: 3,
    columns: [
      [
        column('a', 'int', false),
        { form: 'plain', values: Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0), present: null },
      ],
    ],
  },
  {
    name: 'a bigint dictionary',
    rows: 300,
    columns: [
      [
        column('a', 'bigint'),
        numbered(
          BigInt64Array.of(LOWEST, HIGHEST, 5n),
          many(300, (row) => (row % 4) - 1),
        ),
      ],
    ],
  },
  {
    name: 'a text too long for bounds',
    rows: 4,
    columns: [[column('a', 'text'), texts([LONG, 'a', LONG, 'b'])]],
  },
  {
    name: 'groups of 7 rows, uneven',
    rows: 50,
    rowsPerGroup: 7,
    columns: [
      [column('a', 'text'), texts(many(50, (row) => (row % 3 === 0 ? null : `v${row % 9}`)))],
      [column('b', 'bigint'), bigints(many(50, (row) => (row % 11 === 0 ? null : BigInt(row) - 25n)))],
      [column('c', 'boolean'), booleans(many(50, (row) => row % 5 === 0))],
    ],
  },
  {
    name: 'all values different',
    rows: 4_000,
    columns: [
      [column('a', 'text'), texts(many(4_000, (row) => `recipient-${row}`))],
      [
        column('b', 'bigint'),
        numbered(
          BigInt64Array.from(many(4_000, (row) => BigInt(row) * -7n)),
          many(4_000, (row) => row),
        ),
      ],
    ],
  },
  {
    name: 'a dictionary of 130 values',
    rows: 1_000,
    columns: [[column('a', 'text', false), texts(many(1_000, (row) => `v${row % 130}`))]],
  },
];

const batchOf = ({ rows, columns }: Case): Batch => ({
  rows,
  columns: new Map(columns.map(([{ name }, data]) => [name, data])),
});
const rowsOf = ({ rows, columns }: Case) =>
  many(rows, (row) =>
    Object.fromEntries(columns.map(([one, data]) => [one.name, valueOfRow(one, data, row)])),
  );
const encode = (one: Case) =>
  encodeParquet(
    batchOf(one),
    one.columns.map(([each]) => each),
    one.rowsPerGroup,
  );

describe('a Parquet file holds the batch', () => {
  test.each(CASES)('for hyparquet and DuckDB: $name', async (one) => {
    const file = encode(one);
    expect(await readWithHyparquet(file)).toEqual(rowsOf(one));
    expect(await readWithDuckdb(file)).toEqual(rowsOf(one));
  });

  test('of 300,000 rows in three groups', async () => {
    const rows = 300_000;
    const ids = many(rows, (row) => row % 1_000);
    const words = new BigInt64Array(many(rows, (row) => BigInt(row) * 6_364_136_223_846_793_005n));
    const one: Case = {
      name: 'large',
      rows,
      columns: [
        [column('id', 'bigint', false), { form: 'plain', values: words, present: null }],
        [
          column('name', 'text'),
          { form: 'dictionary', values: many(1_000, (id) => `name-${id}`), ids: Int32Array.from(ids) },
        ],
      ],
    };
    const file = encode(one);
    const [sums] = await readWithDuckdb(
      file,
      "select count(*) as rows, count(distinct id) as ids, bit_xor(id) as mixed, count(distinct name) as names from '$file'",
    );
    const mixed = words.reduce((sum, word) => sum ^ word, 0n);
    expect(sums).toEqual({ rows: 300_000n, ids: 300_000n, mixed, names: 1_000n });
    expect(metadataOf(file).row_groups.map((group) => Number(group.num_rows))).toEqual([
      122_880, 122_880, 54_240,
    ]);
  });
});

describe('each column chunk has bounds and a null count', () => {
  const BOUNDS = [
    { name: 'nulls and empty texts', at: 0, min: '', max: 'a', nulls: 2n },
    { name: 'nulls and empty texts', at: 1, min: false, max: true, nulls: 1n },
    { name: 'nulls and empty texts', at: 2, min: -7, max: 7, nulls: 1n },
    { name: 'a column of nulls only', at: 0, min: undefined, max: undefined, nulls: 3n },
    { name: 'texts of all planes', at: 0, min: '\u0000', max: '😀', nulls: 0n },
    { name: 'the ends of bigint', at: 0, min: LOWEST, max: HIGHEST, nulls: 0n },
    { name: 'a bigint dictionary', at: 0, min: LOWEST, max: HIGHEST, nulls: 75n },
    { name: 'the ends of int', at: 0, min: -(2 ** 31), max: 2 ** 31 - 1, nulls: 0n },
    { name: 'a text too long for bounds', at: 0, min: undefined, max: undefined, nulls: 0n },
  ];
  test.each(BOUNDS)('$name, column $at', ({ name, at, min, max, nulls }) => {
    const one = CASES.find((each) => each.name === name) as Case;
    const chunk = metadataOf(encode(one)).row_groups[0]?.columns[at]?.meta_data;
    expect(chunk?.statistics).toMatchObject({ null_count: nulls });
    expect(chunk?.statistics?.min_value).toEqual(min);
    expect(chunk?.statistics?.max_value).toEqual(max);
  });

  test('by which DuckDB finds a value', async () => {
    const one = CASES.find(({ name }) => name === 'groups of 7 rows, uneven') as Case;
    expect(await readWithDuckdb(encode(one), "select count(*) as n from '$file' where b >= 20")).toEqual([
      { n: 5n },
    ]);
  });
});

test('a required column refuses null', () => {
  const columns = [[column('a', 'text', false), texts(['x', null])]] as const;
  expect(() => encode({ name: 'null', rows: 2, columns })).toThrow('column a must not be null');
});
