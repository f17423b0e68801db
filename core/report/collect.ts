/** Collects a report: asks the warehouse for a period and the one before, folds small numbers, compares. */

import { utcDay } from '../day.ts';
import type { Row, Warehouse } from '../warehouse.ts';
import {
  count,
  isRegistered,
  partsOf,
  type ReportRows,
  type ReportSql,
  readRows,
  text,
  total,
} from './answers.ts';
import {
  campaignRow,
  changeOf,
  contextsOf,
  earlierOf,
  foldCampaigns,
  type Material,
  measureOf,
  rangesByDay,
  wholeOf,
} from './figures.ts';
import { foldCount, foldDays, foldOne } from './fold.ts';
import { daysOf, type Period, previousPeriod } from './period.ts';
import type { AutomatedKind, Completeness, DayCell, Headline, Measure, Report } from './report.ts';

export interface ReportOptions {
  /** Smallest number of displays that is printed. */
  readonly smallNumber: number;
}

/** The report of a period of whole days, with the previous period of equal length beside it. */
export async function collectReport(
  warehouse: Warehouse,
  sql: ReportSql,
  period: Period,
  options: ReportOptions,
): Promise<Report> {
  const previous = previousPeriod(period);
  const rows = await readRows(warehouse, sql, period);
  const before = await readRows(warehouse, sql, previous, ['campaigns', 'days', 'quality']);
  return buildReport({ period, previous, rows, before, smallNumber: options.smallNumber });
}

function buildReport(material: Material): Report {
  const { period, previous, rows, smallNumber } = material;
  const campaigns = foldCampaigns(rows, smallNumber);
  const earlier = earlierOf(material);
  const automated = automatedKinds(rows.automated.filter((row) => !isInvalid(row)));
  const measure = measureOf(rows);
  return {
    period,
    previous,
    smallNumber,
    headline: headlineOf(material, measure, automated),
    campaigns: campaigns.shown.map((campaign) => campaignRow(campaign, material, earlier)),
    small: campaigns.small,
    unregistered: foldCount(
      total(
        rows.campaigns.filter((row) => !isRegistered(row)),
        'loads',
      ),
      smallNumber,
    ),
    days: dayCells(material, measure === 'loads' ? 'loads' : 'displays'),
    automated,
    invalid: automatedKinds(rows.automated.filter(isInvalid)),
    ...contextsOf(rows.contexts, smallNumber),
    repeats: foldCount(total(rows.campaigns, 'repeats'), smallNumber),
    completeness: completenessOf(rows),
    rulesets: rulesetsOf(rows.rulesets),
    changes: rows.changes.map(changeIn),
  };
}

function headlineOf(
  material: Material,
  measure: Headline['measure'],
  automated: Report['automated'],
): Headline {
  const { rows, before, smallNumber } = material;
  const machines = automated.reduce((sum, { loads }) => sum + loads, 0);
  if (measure === 'none') {
    return { measure, range: null, parts: null, previous: null, change: null, automated: machines };
  }
  const range = foldOne(wholeOf(rows, measure), smallNumber);
  const previous = measureOf(before) === measure ? foldOne(wholeOf(before, measure), smallNumber) : null;
  const withUnit = rows.campaigns.filter((row) => isRegistered(row) && text(row, 'unit') !== '');
  return {
    measure,
    range,
    parts: range === null || measure === 'loads' ? null : partsOf(withUnit),
    previous,
    change: changeOf(range, previous),
    automated: machines,
  };
}

function dayCells({ period, previous, rows, before, smallNumber }: Material, measure: Measure): DayCell[] {
  const ranges = foldDays(rangesByDay(rows.days, period, measure), smallNumber);
  const comparable = before.days.length > 0 && measureOf(before) === measure;
  const earlier = comparable ? foldDays(rangesByDay(before.days, previous, measure), smallNumber) : [];
  return daysOf(period).map((day, index) => ({
    day,
    range: ranges[index] ?? null,
    previous: earlier[index] ?? null,
  }));
}

/** Loads that were no real ones: nobody sent them, or nobody got the image. */
const isInvalid = (row: Row): boolean => ['status', 'test'].includes(text(row, 'kind'));

function automatedKinds(rows: readonly Row[]): readonly AutomatedKind[] {
  const kinds = [...Map.groupBy(rows, (row) => text(row, 'kind'))].map(([kind, own]) => ({
    kind,
    loads: total(own, 'loads'),
    agents: own
      .toSorted((a, b) => count(b, 'loads') - count(a, 'loads'))
      .map((row) => text(row, 'agent'))
      .filter((agent) => agent !== '')
      .slice(0, 3),
  }));
  return kinds.filter(({ loads }) => loads > 0).sort((a, b) => b.loads - a.loads);
}

function completenessOf({ quality: rows, requests: [counted] }: ReportRows): Completeness {
  const drops = rows
    .filter((row) => text(row, 'reason') !== '')
    .map((row) => ({ reason: text(row, 'reason'), lines: count(row, 'lines') }))
    .sort((a, b) => b.lines - a.lines);
  const requests = counted?.['requests'] ?? null;
  return {
    lines: total(rows, 'lines'),
    loads: total(rows, 'loads'),
    drops,
    requests: requests === null ? null : Number(requests),
  };
}

const rulesetsOf = (rows: readonly Row[]): Report['rulesets'] =>
  rows
    .map((row) => ({
      ruleset: text(row, 'ruleset'),
      firstDay: text(row, 'first_day'),
      lastDay: text(row, 'last_day'),
      loads: count(row, 'loads'),
    }))
    .sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));

const changeIn = (row: Row): Report['changes'][number] => ({
  on: utcDay(count(row, 'changed_ms')),
  before: text(row, 'ruleset_before'),
  ruleset: text(row, 'ruleset'),
  firstDay: text(row, 'first_day'),
  lastDay: text(row, 'last_day'),
});
