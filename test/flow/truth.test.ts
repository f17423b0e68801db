import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { openWarehouse } from '../../local/duckdb.ts';
import { edgeCode } from '../../local/edge-code.ts';
import { homeAt } from '../../local/home.ts';
import { ingestFiles } from '../../local/ingest-files.ts';
import { mergeFresh } from '../../local/merge.ts';
import { readZones } from '../../local/registry-files.ts';
import { type CampaignComparison, compareCampaigns } from '../../local/simulate/compare.ts';
import { parseScenario } from '../../local/simulate/scenario.ts';
import { simulate } from '../../local/simulate/simulate.ts';
import { reportSql } from '../../local/sql-texts.ts';

const PERIODS = [
  { from: '2026-11-09', until: '2026-11-15' },
  { from: '2026-11-16', until: '2026-11-22' },
];
const SCENARIO = 'local/simulate/default-scenario.json';

let folder: string;
let compared: readonly CampaignComparison[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-truth-'));
  const home = homeAt(folder);
  const scenario = parseScenario(readFileSync(SCENARIO, 'utf8'), SCENARIO);
  const now = Date.parse('2026-11-23T08:00:00Z');
  const { truth } = await simulate({ home, scenario, seed: 7, now, edgeCode: edgeCode() });
  const settings = { classifier: createClassifier(), zones: readZones(home, 'UTC'), assets: [] };
  const files = readdirSync(home.logs).map((name) => join(home.logs, name));
  for await (const result of ingestFiles(files, home, settings)) expect(result).not.toHaveProperty('problem');
  const warehouse = await openWarehouse(home);
  await mergeFresh(warehouse, home);
  const perPeriod = PERIODS.map(async (period) => {
    const rows = await warehouse.query(reportSql().campaigns, [period.from, period.until]);
    const ranges = rows
      .filter((row) => row['unit'] !== '')
      .map((row) => ({
        campaign: String(row['campaign']),
        atLeast: Number(row['at_least']),
        atMost: Number(row['at_most']),
      }));
    return compareCampaigns(truth, period, ranges);
  });
  compared = (await Promise.all(perPeriod)).flat();
  await warehouse.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the truth of every mail campaign whose copies are counted lies inside its range, in both weeks', () => {
  const counted = compared.filter(({ unit, inside }) => unit === 'message' && inside !== null);
  expect(counted.length).toBeGreaterThanOrEqual(5);
  expect(counted.filter(({ inside }) => !inside)).toEqual([]);
});

// Visitors behind one network look like one, and one who changes networks like two: no range can hold that for sure.
test('the truth of pages and documents lies within 5 % of their range', () => {
  const visitors = compared.filter(({ unit, atMost }) => unit === 'visitor' && atMost !== null);
  const far = visitors.filter(
    ({ truth, atLeast, atMost }) => truth < Number(atLeast) * 0.95 || truth > Number(atMost) * 1.05,
  );
  expect(visitors.length).toBeGreaterThanOrEqual(4);
  expect(far).toEqual([]);
});
