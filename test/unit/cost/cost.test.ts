import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { estimateCost, monthlyCost, totalOf } from '../../../core/cost/estimate.ts';
import { FALLBACK_REGION, PRICES } from '../../../core/cost/prices.ts';
import { reportsPerMonth, STACK } from '../../../core/cost/work.ts';
import { runMerge } from '../../../core/merge/run.ts';
import { REPORT_QUERIES, type ReportSql } from '../../../core/report/answers.ts';
import { collectReport } from '../../../core/report/collect.ts';
import type { Row, Warehouse } from '../../../core/warehouse.ts';
import { replaceCost } from '../../../docs/cost-tables.ts';

const config = parseConfig({});
const lineOf = (input: object, id: string) => {
  const line = estimateCost(parseConfig(input), FALLBACK_REGION).lines.find((it) => it.id === id);
  if (line === undefined) throw new Error(`no line ${id}`);
  return line;
};

/** Counts the statements; answers each with the next of the given rows. */
function counting(answer: (sql: string) => readonly Row[]): Warehouse & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    query: async (sql) => {
      asked.push(sql);
      return answer(sql);
    },
    run: async (sql) => void asked.push(sql),
  };
}

describe('the work that is priced', () => {
  it('runs as many statements a merge as the merge does', async () => {
    let checks = 0;
    const warehouse = counting((sql) => {
      if (sql === 'lives')
        return [{ campaign: 'spring-sale', first_day: '2026-11-17', last_day: '2026-11-17' }];
      if (sql.startsWith('days')) return [{ dt: '2026-11-17', file: 's3://a/fresh/f', row_count: 1 }];
      checks += 1;
      return [{ fresh_rows: 1, fresh_loads: 1, missing: checks === 1 ? 1 : 0, doubled: 0 }];
    });
    const fresh = { list: async () => ['s3://a/fresh/f'], remove: async () => {} };
    const sql = {
      ...{ days: 'days', check: 'check', insert: 'insert', count: 'count', hourly: 'hourly' },
      ...{ lives: 'lives', copies: 'copies', tokens: '', tokenDays: '', forget: '', livesOpen: '' },
    };
    await runMerge(warehouse, sql, fresh);
    expect(warehouse.asked).toHaveLength(STACK.mergeStatements);
  });

  it('asks as many questions a report as the report does', async () => {
    const warehouse = counting(() => []);
    const sql = Object.fromEntries(REPORT_QUERIES.map((name) => [name, name])) as unknown as ReportSql;
    await collectReport(warehouse, sql, { from: '2026-11-16', until: '2026-11-22' } as never, {
      smallNumber: 10,
    });
    expect(warehouse.asked).toHaveLength(STACK.reportStatements);
  });

  test.each([
    { cron: 'cron(0 7 ? * MON *)', reports: 4.34 },
    { cron: 'cron(0 7 ? * MON,THU *)', reports: 8.69 },
    { cron: 'cron(0 7 * * ? *)', reports: 30.4 },
    { cron: 'cron(0 7 1 * ? *)', reports: 1 },
    { cron: 'cron(0 7 ? * 2#1 *)', reports: 1 },
    { cron: 'cron(0 7 ? * MON-FRI *)', reports: 21.71 },
  ])('$cron sends $reports reports a month', ({ cron, reports }) => {
    expect(reportsPerMonth(cron)).toBeCloseTo(reports, 2);
  });
});

describe('an estimate', () => {
  it('adds up: the lines are the month, with nothing free', () => {
    const cost = estimateCost(config, FALLBACK_REGION);
    expect(monthlyCost(cost, 7, false)).toBeCloseTo(totalOf(cost, 'fixed') + 7 * totalOf(cost, 'perMillion'));
  });

  it('takes the free amounts off the month, never below nothing', () => {
    const cost = estimateCost(config, FALLBACK_REGION);
    const requests = PRICES[FALLBACK_REGION]?.requests.free ?? 0;
    const below = monthlyCost(cost, requests, true) - monthlyCost(cost, requests - 1, true);
    const above = monthlyCost(cost, requests + 1, true) - monthlyCost(cost, requests, true);
    expect(above - below).toBeCloseTo(1, 2);
    expect(monthlyCost(cost, 0, true)).toBeLessThan(monthlyCost(cost, 0, false));
  });

  it('follows the config: retention costs storage, receivers cost mails, no sender no mail', () => {
    const kept = lineOf({ retention: { eventMonths: 26 } }, 'storage').perMillion;
    expect(kept).toBeGreaterThan(1.7 * lineOf({}, 'storage').perMillion);
    const report = { from: 'a@example.com', to: ['b@example.com', 'c@example.com'] };
    expect(lineOf({ report }, 'mails').fixed).toBeCloseTo((2 * 4.34 * 0.1) / 1000, 5);
    expect(lineOf({}, 'mails').fixed).toBe(0);
  });

  it('costs less with fewer merges', () => {
    const often = totalOf(estimateCost(config, FALLBACK_REGION), 'fixed');
    const seldom = totalOf(estimateCost(config, FALLBACK_REGION, { mergesPerDay: 4 }), 'fixed');
    expect(seldom).toBeLessThan(often);
  });

  it('says that it used the prices of another region', () => {
    expect(estimateCost(config, 'eu-central-1')).toMatchObject({ region: FALLBACK_REGION, isAsked: false });
    expect(estimateCost(config, FALLBACK_REGION).isAsked).toBe(true);
  });

  it('knows where each price is from, or says that nobody confirmed it', () => {
    const prices = Object.values(PRICES).flatMap((region) => Object.values(region));
    const undated = prices.filter(({ seen, trust }) => (seen === '') !== (trust === 'remembered'));
    expect(undated).toEqual([]);
  });
});

test('docs/cost.md holds the tables of this code (npm run docs)', () => {
  const page = readFileSync('docs/cost.md', 'utf8');
  expect(replaceCost(page)).toBe(page);
});
