import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemaPage } from '../../../core/schema/page.ts';
import { athenaExtend, athenaTable, duckdbExtend, duckdbTable } from '../../../core/schema/tables.ts';
import { FILE_TABLES, TABLES } from '../../../core/schema.ts';
import { VIEWS } from '../../../core/views.ts';

const DESCRIBED = [...TABLES, ...FILE_TABLES, ...VIEWS];

test('docs/schema.md is what the code says (npm run docs)', () => {
  expect(readFileSync(new URL('../../../docs/schema.md', import.meta.url), 'utf8')).toBe(schemaPage());
});

test('every table and view has a grain, and every column a meaning and an example', () => {
  const lacking = DESCRIBED.flatMap(({ name, grain, columns }) => [
    ...(grain.startsWith('one row per ') ? [] : [`${name}: grain`]),
    ...columns
      .filter(({ meaning, example }) => !meaning || !example)
      .map((column) => `${name}.${column.name}`),
  ]);
  expect(lacking).toEqual([]);
});

test('column names are snake_case and stand once in each table', () => {
  const names = DESCRIBED.map(({ columns }) => columns.map((column) => column.name));
  expect(names.flat().filter((name) => !/^[a-z]+(_[a-z]+)*$/.test(name))).toEqual([]);
  expect(names.filter((list) => new Set(list).size !== list.length)).toEqual([]);
});

test('no key of a count table may be null', () => {
  const daily = TABLES.find(({ name }) => name === 'daily');
  expect(daily?.columns.filter(({ optional }) => optional)).toEqual([]);
});

const SMALL = {
  name: 'small',
  grain: '',
  meaning: '',
  partition: 'dt',
  columns: [
    { name: 'n', type: 'int', optional: true, meaning: '', example: '' },
    { name: 'dt', type: 'text', optional: false, meaning: '', example: '' },
  ],
} as const;

test('DuckDB gets a table, and the columns that it lacks', () => {
  expect(duckdbTable(SMALL)).toBe(
    'create table if not exists small (\n  n integer,\n  dt varchar not null\n)',
  );
  expect(duckdbExtend(SMALL, new Set(['dt']))).toEqual(['alter table small add column n integer']);
  expect(duckdbExtend(SMALL, new Set(['dt', 'n']))).toEqual([]);
});

test('Athena gets Iceberg tables whose erased rows leave the files', () => {
  const tables = TABLES.map((table) => athenaTable(table, 'clearpixel', `s3://data/tables/${table.name}/`));
  expect(tables.filter((text) => !text.includes('partitioned by (dt)'))).toEqual([
    expect.stringContaining('clearpixel.copies ('),
    expect.stringContaining('clearpixel.verdicts ('),
  ]);
  for (const text of tables) {
    expect(text).toContain("'table_type' = 'ICEBERG'");
    expect(text).toContain("'optimize_rewrite_delete_file_threshold' = '1'");
  }
  expect(tables[0]).toContain("location 's3://data/tables/events/'");
  expect(athenaExtend(SMALL, 'clearpixel', new Set(['dt']))).toBe(
    'alter table clearpixel.small add columns (n int)',
  );
  expect(athenaExtend(SMALL, 'clearpixel', new Set(['dt', 'n']))).toBeNull();
});

test('a location that is no folder of a bucket is refused', () => {
  expect(() => athenaTable(SMALL, 'clearpixel', "s3://data/it's/")).toThrow(
    /a location is s3:\/\/bucket\/folder\/, got/,
  );
});
