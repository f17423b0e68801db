import { expect, test } from 'vitest';
import type { Row, Warehouse } from '../../../core/warehouse.ts';
import { createTruth } from '../../../local/page/truth.ts';
import type { Truth } from '../../../local/simulate/truth.ts';
import { QUERY_NAMES } from '../report/given-rows.ts';

const day = (dt: string, displays: number) => ({ dt, displays, atLeast: displays, atMost: displays });
const campaign = (id: string, unit: 'message' | '', displays: Truth['campaigns'][number]['displays']) => ({
  id,
  medium: 'email',
  unit,
  audience: 100,
  looked: 0,
  copiesDisplayed: 0,
  optedOut: 0,
  lookedElsewhere: 0,
  displays,
});
const TRUTH: Truth = {
  seed: 7,
  scenario: 'two days',
  zone: 'UTC',
  from: '2026-11-16',
  until: '2026-11-17',
  lines: 5,
  campaigns: [
    campaign('spring-sale', 'message', [day('2026-11-16', 3), day('2026-11-17', 4)]),
    campaign('signature', '', [day('2026-11-16', 2)]),
  ],
  labels: {
    load_id: ['1', '2', '3'],
    label: ['likely_human', 'automated', 'automated'],
    cause: ['reader', 'disguised scanner', 'crawler'],
  },
};

test('holds displays, lines and labels against the truth of a period', async () => {
  const rows: Row[] = [
    { load_id: '1', class: 'likely_human' },
    { load_id: '2', class: 'likely_human' },
    { load_id: '3', class: 'automated' },
    { load_id: '99', class: 'likely_human' },
  ];
  const warehouse: Warehouse = {
    query: async (sql) => (sql === QUERY_NAMES.quality ? [{ reason: '', lines: 4 }] : rows),
    run: async () => {},
  };
  const { displays, campaigns, lines, linesFound, labels } = await createTruth(TRUTH, QUERY_NAMES)(
    warehouse,
    {
      from: '2026-11-17',
      until: '2026-11-17',
    },
  );
  expect({ displays, campaigns: [...campaigns], lost: lines - linesFound }).toEqual({
    displays: 4,
    campaigns: [['spring-sale', 4]],
    lost: 1,
  });
  expect(labels).toMatchObject([
    { label: 'likely_human', loads: 2, right: 1, wrong: 1, mistake: 'disguised scanner' },
    { label: 'automated', loads: 1, right: 1, wrong: 0, mistake: null },
  ]);
});
