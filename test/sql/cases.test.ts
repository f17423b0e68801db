import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenWarehouse } from '../../local/with-warehouse.ts';
import { sqlFiles } from './cases.ts';
import { checkCase } from './check-case.ts';
import { memoryWarehouse, withGiven } from './memory-warehouse.ts';

let warehouse: OpenWarehouse;
beforeAll(async () => {
  warehouse = await memoryWarehouse();
});
afterAll(() => warehouse.close());

const FILES = sqlFiles();

test('every statement has cases beside it', () => {
  expect(
    FILES.filter(({ cases }) => cases.length === 0).map(({ folder, name }) => `${folder}/${name}`),
  ).toEqual([]);
});

describe.each(FILES)('$folder/$name', (file) => {
  test.each(file.cases)('$name', (one) =>
    withGiven(warehouse, one.given, () => checkCase(warehouse, file, one)),
  );
});
