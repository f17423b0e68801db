import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenWarehouse } from '../../local/with-warehouse.ts';
import { memoryWarehouse } from './memory-warehouse.ts';
import { fillWithLoads } from './random-loads.ts';

interface PlanNode {
  readonly name: string;
  readonly children: readonly PlanNode[];
  readonly extra_info: Readonly<Record<string, unknown>>;
}

let warehouse: OpenWarehouse;
beforeAll(async () => {
  warehouse = await memoryWarehouse();
  await fillWithLoads(warehouse);
});
afterAll(() => warehouse.close());

async function planOf(sql: string): Promise<readonly PlanNode[]> {
  const [row] = await warehouse.query(`explain (format json) ${sql}`);
  const roots = JSON.parse(String(row?.['explain_value'])) as readonly PlanNode[];
  const below = (node: PlanNode): readonly PlanNode[] => [node, ...node.children.flatMap(below)];
  return roots.flatMap(below);
}

const CUTS = [
  "dt = '2026-11-23'",
  "dt between '2026-11-22' and '2026-11-23'",
  "dt in ('2026-11-22', '2026-11-24') and dt between '2026-11-22' and '2026-11-24'",
];
const CASES = CUTS.flatMap((cut) => [
  { view: 'loads', cut },
  { view: 'campaign_daily', cut },
  { view: 'context_daily', cut },
  { view: 'automated_daily', cut },
  { view: 'data_quality', cut },
]);

test.each(CASES)('$view where $cut reads only those days, in each table it reads', async ({ view, cut }) => {
  const plan = await planOf(`select * from ${view} where ${cut}`);
  const scans = plan.filter(({ name }) => name.includes('SEQ_SCAN'));
  expect(scans.length).toBe(view === 'loads' ? 2 : 1);
  expect(
    scans.map(({ extra_info }) => String(extra_info['Filters'])).filter((filters) => !/\bdt\b/.test(filters)),
  ).toEqual([]);
});

test('loads are joined to bursts by equality, not one by one', async () => {
  const names = (await planOf('select * from loads')).map(({ name }) => name);
  expect(names).toContain('HASH_JOIN');
  expect(names.filter((name) => /BLOCKWISE|CROSS/.test(name))).toEqual([]);
});
