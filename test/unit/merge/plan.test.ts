import { expect, test } from 'vitest';
import { NOTHING_DUE } from '../../../core/merge/due.ts';
import {
  assertMerged,
  daysStatement,
  groupFiles,
  MERGE_LIMITS,
  planStatements,
} from '../../../core/merge/plan.ts';
import { mergeSql } from '../../../local/sql-texts.ts';

const AGE = {
  ...NOTHING_DUE,
  livesOpen: Array.from({ length: 500 }, (_, index) => `spring-sale-of-a-year-${index}`),
};

const file = (index: number): string =>
  `s3://clearpixel-data-123456789012/fresh/${index.toString(16).padStart(64, '0')}.parquet`;
const day = (index: number): string => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);

test('no files make no group', () => {
  expect(groupFiles([])).toEqual([]);
});

test('groups keep their order, lose nothing and fit their limit', () => {
  const files = Array.from({ length: 100 }, (_, index) => file(index));
  const groups = groupFiles(files, { ...MERGE_LIMITS, listLength: 1000 });
  expect(groups.flat()).toEqual(files);
  expect(groups.length).toBeGreaterThan(5);
  expect(groups.filter((group) => group.map((name) => `'${name}', `).join('').length > 1000)).toEqual([]);
});

test('a file that is longer than the limit alone is a group of its own', () => {
  expect(groupFiles(['fresh/a.parquet', 'fresh/b.parquet'], { ...MERGE_LIMITS, listLength: 3 })).toHaveLength(
    2,
  );
});

test('the longest statements stay below 200 kB and 100 days', () => {
  const sql = mergeSql();
  const files = groupFiles(Array.from({ length: 5000 }, (_, index) => file(index)))[0] ?? [];
  const days = Array.from({ length: 400 }, (_, index) => day(index));
  const planned = planStatements(sql, files, days, AGE);
  const texts = [daysStatement(sql, files), ...planned.flatMap(({ check, insert }) => [check, insert])];
  expect(texts.map((text) => Buffer.byteLength(text)).filter((length) => length > 200_000)).toEqual([]);
  expect(planned.filter((one) => one.days.length >= 100)).toEqual([]);
  expect(planned.flatMap((one) => one.days)).toEqual(days);
});

test('days are taken once each, oldest first', () => {
  const planned = planStatements(mergeSql(), ['fresh/a.parquet'], [day(2), day(0), day(2), day(1)], AGE, {
    ...MERGE_LIMITS,
    days: 2,
  });
  expect(planned.map(({ days }) => days)).toEqual([[day(0), day(1)], [day(2)]]);
});

test('a check that fails says the figures', () => {
  const figures = { fresh_rows: 12, fresh_loads: 10, missing: 2, doubled: 1 };
  expect(() => assertMerged(figures, [day(0), day(1)])).toThrow(
    'got 2 of 10 missing and 1 doubled between 2026-01-01 and 2026-01-02',
  );
  expect(() => assertMerged({ ...figures, missing: 0 }, [day(0)])).toThrow(/1 doubled/);
  expect(() => assertMerged({ ...figures, missing: 0, doubled: 0 }, [day(0)])).not.toThrow();
});
