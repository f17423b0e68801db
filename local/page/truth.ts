import { readFileSync } from 'node:fs';
import { type ReportSql, total } from '../../core/report/answers.ts';
import type { Period } from '../../core/report/period.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import { compareLabels, countLabels, trueDisplays, trueTotal } from '../simulate/compare.ts';
import type { Truth } from '../simulate/truth.ts';
import type { LabelTruth, PageTruth } from './deps.ts';

const LABELS_SQL = readFileSync(new URL('truth.sql', import.meta.url), 'utf8');

/** Holds the tables against what the simulation knows. The labels of its days are compared once: they stay. */
export function createTruth(
  truth: Truth,
  sql: ReportSql,
): (warehouse: Warehouse, period: Period) => Promise<PageTruth> {
  let labels: readonly LabelTruth[] | undefined;
  return async (warehouse, period) => {
    labels ??= await readLabels(truth, warehouse);
    return {
      seed: truth.seed,
      scenario: truth.scenario,
      zone: truth.zone,
      lines: truth.lines,
      linesFound: total(await warehouse.query(sql.quality, [truth.from, truth.until]), 'lines'),
      displays: trueTotal(truth, period),
      campaigns: campaignsOf(truth, period),
      labels,
    };
  };
}

async function readLabels(truth: Truth, warehouse: Warehouse): Promise<readonly LabelTruth[]> {
  const rows = await warehouse.query(LABELS_SQL, [truth.from, truth.until]);
  const loads = rows.map((row) => ({ load_id: String(row['load_id']), class: String(row['class']) }));
  return compareLabels(countLabels(truth, loads)).filter((label) => label.loads > 0);
}

const campaignsOf = (truth: Truth, period: Period): PageTruth['campaigns'] =>
  new Map(
    truth.campaigns.filter(({ unit }) => unit !== '').map((each) => [each.id, trueDisplays(each, period)]),
  );
