/** Figures per campaign and per context, small ones folded before anyone sees them. */

import type { Row } from '../warehouse.ts';
import {
  type Counted,
  countBy,
  displaysOf,
  isRegistered,
  mediaOf,
  type ReportRows,
  text,
  total,
  unitsOf,
} from './answers.ts';
import { foldDays, foldOne, foldSmall, sumRanges } from './fold.ts';
import { middle, type Range } from './format.ts';
import { daysOf, type Period } from './period.ts';
import type { CampaignRow, ContextRow, Measure, Medium, Report, SmallCampaigns } from './report.ts';

/** Answers for a period and the one before it. */
export interface Material {
  readonly period: Period;
  readonly previous: Period;
  readonly rows: ReportRows;
  readonly before: ReportRows;
  readonly smallNumber: number;
}

const registered = (rows: ReportRows): readonly Counted[] =>
  countBy(rows.campaigns.filter(isRegistered), 'campaign');

/** What the headline counts: displays wherever a campaign has a unit. */
export function measureOf(rows: ReportRows): Measure | 'none' {
  const campaigns = registered(rows);
  if (campaigns.some(({ measure }) => measure === 'displays')) return 'displays';
  return campaigns.some(({ rows }) => total(rows, 'loads') > 0) ? 'loads' : 'none';
}

/** All campaigns of one measure together. */
export const wholeOf = (rows: ReportRows, measure: Measure): Range =>
  sumRanges(
    registered(rows)
      .filter((campaign) => campaign.measure === measure)
      .map(({ range }) => range),
  );

/** Relative change of the middle; null where either side is folded. */
export const changeOf = (now: Range | null, before: Range | null): number | null =>
  now === null || before === null ? null : middle(now) / middle(before) - 1;

interface FoldedCampaigns {
  readonly shown: readonly Counted[];
  readonly small: readonly SmallCampaigns[];
}

/** Displays and loads are never added, so each folds on its own. */
export function foldCampaigns(rows: ReportRows, smallNumber: number): FoldedCampaigns {
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

/** What the previous period says of each campaign: its shown figures, and which names it knew at all. */
export interface Earlier {
  readonly shown: ReadonlyMap<string, Counted>;
  readonly names: ReadonlySet<string>;
}

/** Folded like the period itself, so that no change gives away what was folded before. */
export const earlierOf = ({ before, smallNumber }: Material): Earlier => ({
  shown: new Map(foldCampaigns(before, smallNumber).shown.map((campaign) => [campaign.name, campaign])),
  names: new Set(before.campaigns.map((row) => text(row, 'campaign'))),
});

/** One line of the table, with the previous period beside it. */
export function campaignRow(campaign: Counted, material: Material, earlier: Earlier): CampaignRow {
  const { name, measure, range, rows } = campaign;
  const before = earlier.shown.get(name);
  return {
    id: name,
    measure,
    media: mediaOf(rows),
    units: unitsOf(rows),
    range,
    change: before?.measure === measure ? changeOf(range, before.range) : null,
    isNew: earlier.names.size > 0 && !earlier.names.has(name),
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

/** One range per day of the period; days without rows are 0. */
export function rangesByDay(rows: readonly Row[], period: Period, measure: Measure): readonly Range[] {
  const byDay = Map.groupBy(rows, (row) => text(row, 'dt'));
  return daysOf(period).map((day) => {
    const own = byDay.get(day) ?? [];
    if (measure === 'displays') return displaysOf(own);
    return { atLeast: total(own, 'loads'), atMost: total(own, 'loads') };
  });
}

/** Contexts present; what names none is a context only where nothing else is. */
export function contextsOf(
  rows: readonly Row[],
  smallNumber: number,
): Pick<Report, 'contexts' | 'otherContexts'> {
  const present = countBy(rows, 'medium').filter(({ rows }) => total(rows, 'loads') > 0);
  const named = present.filter(({ name }) => name !== '');
  const all = named.length === 0 ? present : named;
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
