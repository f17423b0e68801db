/** Collects a report: asks the warehouse for a period and the one before, folds small numbers, compares. */
import { foldDays, foldOne, foldSmall, sumRanges } from './fold.ts';
import { middle, type Range } from './format.ts';
import type {
  AutomatedKind,
  CampaignRow,
  Completeness,
  ContextRow,
  DayCell,
  Headline,
  Measure,
  Medium,
  Report,
  SmallCampaigns,
} from './report.ts';
import { daysOf, type Period, previousPeriod } from './report-period.ts';
import {
  type Counted,
  count,
  countBy,
  displaysOf,
  isRegistered,
  mediaOf,
  partsOf,
  type ReportRows,
  type ReportSql,
  readRows,
  text,
  total,
  unitsOf,
} from './report-rows.ts';
import type { Row, Warehouse } from './warehouse.ts';

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

interface Material {
  readonly period: Period;
  readonly previous: Period;
  readonly rows: ReportRows;
  readonly before: ReportRows;
  readonly smallNumber: number;
}

function buildReport(material: Material): Report {
  const { period, previous, rows, smallNumber } = material;
  const campaigns = foldCampaigns(rows, smallNumber);
  const automated = automatedKinds(rows.automated);
  const measure = measureOf(rows);
  return {
    period,
    previous,
    smallNumber,
    headline: headlineOf(material, measure, automated),
    campaigns: campaigns.shown.map((campaign) => campaignRow(campaign, material)),
    small: campaigns.small,
    unregistered: total(
      rows.campaigns.filter((row) => !isRegistered(row)),
      'loads',
    ),
    days: dayCells(material, measure === 'loads' ? 'loads' : 'displays'),
    automated,
    ...contextsOf(rows.contexts, smallNumber),
    repeats: total(rows.campaigns, 'repeats'),
    completeness: completenessOf(rows.quality),
    rulesets: rulesetsOf(rows.rulesets),
  };
}

const registered = (rows: ReportRows): readonly Counted[] =>
  countBy(rows.campaigns.filter(isRegistered), 'campaign');

function measureOf(rows: ReportRows): Measure | 'none' {
  const campaigns = registered(rows);
  if (campaigns.some(({ measure }) => measure === 'displays')) return 'displays';
  return campaigns.some(({ rows }) => total(rows, 'loads') > 0) ? 'loads' : 'none';
}

const wholeOf = (rows: ReportRows, measure: Measure): Range =>
  sumRanges(
    registered(rows)
      .filter((campaign) => campaign.measure === measure)
      .map(({ range }) => range),
  );

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

const changeOf = (now: Range | null, before: Range | null): number | null =>
  now === null || before === null ? null : middle(now) / middle(before) - 1;

interface FoldedCampaigns {
  readonly shown: readonly Counted[];
  readonly small: readonly SmallCampaigns[];
}

/** Displays and loads are never added, so each folds on its own. */
function foldCampaigns(rows: ReportRows, smallNumber: number): FoldedCampaigns {
  const all = registered(rows).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const parts = (['displays', 'loads'] as const).map((measure) => {
    const own = all.filter((campaign) => campaign.measure === measure);
    const { shown, folded } = foldSmall(own, ({ range }) => range.atMost, smallNumber);
    const together = foldOne(sumRanges(folded.map(({ range }) => range)), smallNumber);
    return { shown, small: { measure, names: folded.map(({ name }) => name).toSorted(), together } };
  });
  return {
    shown: parts.flatMap(({ shown }) => shown),
    small: parts.map(({ small }) => small).filter(({ names }) => names.length > 0),
  };
}

function campaignRow(campaign: Counted, material: Material): CampaignRow {
  const { name, measure, range, rows } = campaign;
  const shownBefore = foldCampaigns(material.before, material.smallNumber).shown;
  const before = shownBefore.find((other) => other.name === name && other.measure === measure);
  const knownBefore = material.before.campaigns.some((row) => text(row, 'campaign') === name);
  return {
    id: name,
    measure,
    media: mediaOf(rows),
    units: unitsOf(rows),
    range,
    change: changeOf(range, before?.range ?? null),
    isNew: !knownBefore && material.before.campaigns.length > 0,
    days: campaignDays(campaign, material),
    loads: total(rows, 'loads'),
    automated: total(rows, 'automated'),
    firstDay: rows.map((row) => text(row, 'first_day')).toSorted()[0] ?? '',
  };
}

function campaignDays({ name, measure }: Counted, material: Material): readonly (Range | null)[] {
  const own = material.rows.campaign_days.filter((row) => text(row, 'campaign') === name);
  return foldDays(rangesByDay(own, material.period, measure), material.smallNumber);
}

function rangesByDay(rows: readonly Row[], period: Period, measure: Measure): readonly Range[] {
  const byDay = Map.groupBy(rows, (row) => text(row, 'dt'));
  return daysOf(period).map((day) => {
    const own = byDay.get(day) ?? [];
    if (measure === 'displays') return displaysOf(own);
    return { atLeast: total(own, 'loads'), atMost: total(own, 'loads') };
  });
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

function contextsOf(rows: readonly Row[], smallNumber: number): Pick<Report, 'contexts' | 'otherContexts'> {
  const all = countBy(rows, 'medium').filter(({ rows }) => total(rows, 'loads') > 0);
  const parts = (['displays', 'loads'] as const).map((measure) =>
    foldSmall(
      all.filter((context) => context.measure === measure),
      ({ range }) => range.atMost,
      smallNumber,
    ),
  );
  const row = ({ name, measure }: Counted, range: Range | null): ContextRow => ({
    medium: name as Medium,
    measure,
    range,
  });
  return {
    contexts: parts.flatMap(({ shown, folded }) => [
      ...shown.map((context) => row(context, context.range)),
      ...folded.map((context) => row(context, null)),
    ]),
    otherContexts: foldOne(sumRanges(parts[0]?.folded.map(({ range }) => range) ?? []), smallNumber),
  };
}

function completenessOf(rows: readonly Row[]): Completeness {
  const drops = rows
    .filter((row) => text(row, 'reason') !== '')
    .map((row) => ({ reason: text(row, 'reason'), lines: count(row, 'lines') }))
    .sort((a, b) => b.lines - a.lines);
  return { lines: total(rows, 'lines'), loads: total(rows, 'loads'), drops };
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
