import { TRUE_LABELS, type TrueCampaign, type TrueLabel, type Truth } from './truth.ts';

/** First and last day, both included. */
interface Period {
  readonly from: string;
  readonly until: string;
}

/** A campaign's range as the report has it. */
export interface ReportedRange {
  readonly campaign: string;
  readonly atLeast: number;
  readonly atMost: number;
}

export interface CampaignComparison {
  readonly campaign: string;
  readonly unit: TrueCampaign['unit'];
  readonly truth: number;
  readonly atLeast: number | null;
  readonly atMost: number | null;
  /** Null where only loads are counted, or nothing was reported. */
  readonly inside: boolean | null;
}

/** Displays of the period that really happened; of all campaigns, or of one. */
export function trueDisplays(campaign: TrueCampaign, period: Period): number {
  return campaign.displays.reduce(
    (sum, { dt, displays }) => (dt >= period.from && dt <= period.until ? sum + displays : sum),
    0,
  );
}

/** Sum over the campaigns whose displays can be counted: what the headline's range should hold. */
export function trueTotal(truth: Truth, period: Period): number {
  return truth.campaigns.reduce(
    (sum, each) => (each.unit === '' ? sum : sum + trueDisplays(each, period)),
    0,
  );
}

/** Campaign by campaign: is the truth inside the range? */
export function compareCampaigns(
  truth: Truth,
  period: Period,
  ranges: readonly ReportedRange[],
): readonly CampaignComparison[] {
  const reported = new Map(ranges.map((range) => [range.campaign, range]));
  return truth.campaigns.map((campaign) => {
    const displays = trueDisplays(campaign, period);
    const { atLeast = null, atMost = null } = reported.get(campaign.id) ?? {};
    const known = campaign.unit !== '' && atLeast !== null && atMost !== null;
    const inside = known ? atLeast <= displays && displays <= atMost : null;
    return { campaign: campaign.id, unit: campaign.unit, truth: displays, atLeast, atMost, inside };
  });
}

/** Loads of one class, and how many of them were what it says. */
export interface LabelComparison {
  readonly label: TrueLabel;
  readonly loads: number;
  readonly right: number;
  readonly wrong: number;
  /** What was behind most of the wrong ones; null where none is wrong. */
  readonly mistake: string | null;
  readonly mistakes: number;
}

/** Loads of one class (as the tables have it) that really were one thing. */
export interface LabelCell {
  readonly class: string;
  readonly label: TrueLabel;
  readonly cause: string;
  readonly loads: number;
}

/** Counts the tables' loads by class and truth. Loads that no simulation made are left out. */
export function countLabels(
  truth: Truth,
  loads: Iterable<{ readonly load_id: string | number | bigint; readonly class: string }>,
): readonly LabelCell[] {
  const { load_id, label, cause } = truth.labels;
  const places = new Map(load_id.map((id, place) => [id, place]));
  const cells = new Map<string, LabelCell & { loads: number }>();
  for (const load of loads) {
    const place = places.get(String(load.load_id));
    if (place === undefined) continue;
    const [trueLabel, trueCause] = [label[place] ?? 'unknown', cause[place] ?? ''];
    const key = `${load.class}/${trueLabel}/${trueCause}`;
    const cell = cells.get(key) ?? { class: load.class, label: trueLabel, cause: trueCause, loads: 0 };
    cell.loads += 1;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

/** One line per class. Classes that are no labels (invalid, dropped) are left out. */
export function compareLabels(cells: readonly LabelCell[]): readonly LabelComparison[] {
  return TRUE_LABELS.map((label) => {
    const given = cells.filter((cell) => cell.class === label);
    const loads = total(given);
    const wrong = given.filter((cell) => cell.label !== label);
    const byCause = new Map<string, number>();
    for (const { cause, loads: some } of wrong) byCause.set(cause, (byCause.get(cause) ?? 0) + some);
    const [mistake = null, mistakes = 0] =
      [...byCause].sort(([one, many], [other, few]) => few - many || one.localeCompare(other))[0] ?? [];
    return { label, loads, right: loads - total(wrong), wrong: total(wrong), mistake, mistakes };
  });
}

const total = (cells: readonly LabelCell[]) => cells.reduce((sum, { loads }) => sum + loads, 0);
