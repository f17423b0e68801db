/** What a re-classification would change, by class, campaign and rule: from the answer of sql/merge/preview.sql. */
import { count, text, total } from '../report/answers.ts';
import type { Row } from '../warehouse.ts';

export interface Sides {
  readonly before: number;
  readonly after: number;
}

export interface Preview {
  /** Rules that would judge. */
  readonly ruleset: string;
  /** Rules that judged, with their loads. */
  readonly before: readonly { readonly ruleset: string; readonly loads: number }[];
  /** Days of those loads, sorted. */
  readonly days: readonly string[];
  readonly loads: number;
  /** Loads of these days that no rules can judge: opt-outs, tests, refused requests, user agents past their days. */
  readonly bare: number;
  /** Loads that would have another class or kind. */
  readonly classes: readonly { readonly from: string; readonly to: string; readonly loads: number }[];
  /** Loads that would keep both, with another agent, confidence, reason, flag or device. */
  readonly reworded: number;
  /** Campaigns of which a load would have another class or kind. */
  readonly campaigns: readonly CampaignChange[];
  /** Rules that would decide loads which have another class or kind then. */
  readonly rules: readonly { readonly rule: string; readonly loads: number }[];
}

export interface CampaignChange {
  readonly campaign: string;
  readonly loads: number;
  readonly changed: number;
  /** Loads that count towards each end of the range, before stage B looks across rows. */
  readonly atLeast: Sides;
  readonly atMost: Sides;
}

export interface PreviewMaterial {
  readonly ruleset: string;
  readonly days: readonly string[];
  readonly bare: number;
  readonly rows: readonly Row[];
}

/** Adds the rows up. */
export function previewOf({ ruleset, days, bare, rows }: PreviewMaterial): Preview {
  const changed = rows.filter(isChanged);
  return {
    ruleset,
    before: loadsBy(rows, (row) => text(row, 'ruleset_before')).map(([name, loads]) => ({
      ruleset: name,
      loads,
    })),
    days,
    loads: total(rows, 'loads'),
    bare,
    classes: [...Map.groupBy(changed, (row) => `${labelOf(row, 'before')}>${labelOf(row, 'after')}`).values()]
      .map((own) => ({
        from: labelOf(own[0] as Row, 'before'),
        to: labelOf(own[0] as Row, 'after'),
        loads: total(own, 'loads'),
      }))
      .sort(byLoads),
    reworded: total(
      rows.filter((row) => !isChanged(row)),
      'reworded',
    ),
    campaigns: [...Map.groupBy(rows, (row) => text(row, 'campaign'))]
      .map(([campaign, own]) => campaignChange(campaign, own))
      .filter((one) => one.changed > 0)
      .sort((a, b) => b.changed - a.changed || (a.campaign < b.campaign ? -1 : 1)),
    rules: loadsBy(changed, (row) => text(row, 'reasons')).map(([rule, loads]) => ({ rule, loads })),
  };
}

function campaignChange(campaign: string, rows: readonly Row[]): CampaignChange {
  const within = (side: Side, tiers: readonly string[]): number =>
    total(
      rows.filter((row) => tiers.includes(tierOf(text(row, `class_${side}`), text(row, `kind_${side}`)))),
      'loads',
    );
  const sides = (...tiers: readonly string[]): Sides => ({
    before: within('before', tiers),
    after: within('after', tiers),
  });
  return {
    campaign,
    loads: total(rows, 'loads'),
    changed: total(rows.filter(isChanged), 'loads'),
    atLeast: sides('at_least'),
    atMost: sides('at_least', 'at_most'),
  };
}

/** As the view `loads` has it. */
function tierOf(loadClass: string, kind: string): 'at_least' | 'at_most' | 'neither' {
  if (loadClass === 'likely_human' || (loadClass === 'proxied' && kind === 'at_display')) return 'at_least';
  if (['proxied', 'unknown'].includes(loadClass)) return 'at_most';
  return loadClass === 'prefetch' && kind === 'mailbox' ? 'at_most' : 'neither';
}

type Side = 'before' | 'after';

const labelOf = (row: Row, side: Side): string =>
  `${text(row, `class_${side}`)} ${text(row, `kind_${side}`)}`.trim();

const isChanged = (row: Row): boolean => labelOf(row, 'before') !== labelOf(row, 'after');

const byLoads = (a: { readonly loads: number }, b: { readonly loads: number }): number => b.loads - a.loads;

/** Loads by a name, most first. */
const loadsBy = (
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): readonly (readonly [string, number])[] =>
  [...Map.groupBy(rows, nameOf)]
    .map(([name, own]) => [name, own.reduce((sum, row) => sum + count(row, 'loads'), 0)] as const)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
