import { expect, test } from 'vitest';
import { fillLists, type ListKind, writeList } from '../../../core/merge/sql-lists.ts';

test('fills each slot wherever it stands', () => {
  const sql = 'a in (:days) and b in (:files) or c in (:days) and d in (:ids)';
  const filled = fillLists(sql, {
    days: ['2026-11-23', '2026-11-24'],
    files: ['fresh/a-b.parquet'],
    ids: ['-1', '2'],
  });
  expect(filled).toBe(
    "a in ('2026-11-23', '2026-11-24') and b in ('fresh/a-b.parquet') or c in ('2026-11-23', '2026-11-24') and d in (-1, 2)",
  );
});

test('fills the ends of the days, in whatever order they are listed', () => {
  const days = ['2026-11-24', '2026-01-01', '2026-11-30'];
  expect(fillLists('dt between :first_day and :last_day', { days })).toBe(
    "dt between '2026-01-01' and '2026-11-30'",
  );
  expect(() => fillLists('dt > :first_day', { days: ["' or 1 = 1"] })).toThrow(/got "/);
});

test('takes paths of a bucket', () => {
  expect(fillLists('x in (:files)', { files: ['s3://data-bucket.x/fresh/a.parquet'] })).toBe(
    "x in ('s3://data-bucket.x/fresh/a.parquet')",
  );
});

test('takes hours as rows', () => {
  expect(fillLists('values :hours', { hours: ["(1, 2, '2026-11-23')", "(3, 0, '2026-11-24')"] })).toBe(
    "values (1, 2, '2026-11-23'), (3, 0, '2026-11-24')",
  );
});

const REFUSED: readonly { name: string; kind: ListKind; value: string }[] = [
  { name: 'a quote in a day', kind: 'days', value: "2026-11-23'" },
  { name: 'a line end after a day', kind: 'days', value: '2026-11-23\n' },
  { name: 'a day without zeros', kind: 'days', value: '2026-1-2' },
  { name: 'an empty day', kind: 'days', value: '' },
  { name: 'other digits', kind: 'days', value: '２０２６-11-23' },
  { name: 'a quote in a path', kind: 'files', value: "fresh/a'.parquet" },
  { name: 'two quotes in a path', kind: 'files', value: "fresh/a''.parquet" },
  { name: 'a backslash in a path', kind: 'files', value: 'fresh\\a.parquet' },
  { name: 'a space in a path', kind: 'files', value: 'fresh/a b.parquet' },
  { name: 'a dollar in a path', kind: 'files', value: 'fresh/$&.parquet' },
  { name: 'a line end in a path', kind: 'files', value: 'fresh/a.parquet\n' },
  { name: 'a step upwards in a path', kind: 'files', value: 'fresh/../a.parquet' },
  { name: 'an absolute path', kind: 'files', value: '/etc/passwd' },
  { name: 'another scheme', kind: 'files', value: 'https://example.com/a.parquet' },
  { name: 'a null character', kind: 'files', value: 'fresh/a\0.parquet' },
  { name: 'a query in an hour', kind: 'hours', value: "(1, (select 1), '2026-11-23')" },
  { name: 'a second row in an hour', kind: 'hours', value: "(1, 2, '2026-11-23'), (1, 2, '2026-11-23')" },
  { name: 'a negative count in an hour', kind: 'hours', value: "(1, -2, '2026-11-23')" },
  { name: 'words as an id', kind: 'ids', value: '1 or 1=1' },
  { name: 'a fraction as an id', kind: 'ids', value: '1.5' },
  { name: 'an exponent as an id', kind: 'ids', value: '1e9' },
  { name: 'twenty digits as an id', kind: 'ids', value: '12345678901234567890' },
];

test.each(REFUSED)('refuses $name', ({ kind, value }) => {
  expect(() => writeList(kind, [value])).toThrow(/got "/);
  expect(() => fillLists(`x in (:${kind})`, { [kind]: [value] })).toThrow(/got "/);
});

test('refuses an empty list, which no engine takes', () => {
  expect(() => fillLists('x in (:days)', { days: [] })).toThrow(
    'the statement needs days, got none: leave it out instead',
  );
  expect(() => fillLists('x in (:files)', {})).toThrow(/needs files/);
});
