import type { Calendar } from './calendar.ts';

/** What a perfect labeller would say; unknown where the log holds nothing to go by. */
export const TRUE_LABELS = ['likely_human', 'proxied', 'prefetch', 'automated', 'unknown'] as const;
export type TrueLabel = (typeof TRUE_LABELS)[number];

/** One day of a campaign. */
export interface TrueDay {
  readonly dt: string;
  /** Copies (or visitors) with a load on this day that brought the image to a person who displayed it. */
  readonly displays: number;
  /** Those of them whose load was direct or by a proxy at display. */
  readonly atLeast: number;
  /** Displays, and copies loaded on this day whether or not anyone looked. */
  readonly atMost: number;
}

export interface TrueCampaign {
  readonly id: string;
  readonly medium: string;
  /** '' where only loads can be counted: no nonce, or recording is off or test. */
  readonly unit: 'message' | 'visitor' | '';
  readonly audience: number | null;
  /** People who looked at least once, images or not. */
  readonly looked: number;
  /** Distinct copies (or visitors and days) displayed at least once with images on, by whomever. */
  readonly copiesDisplayed: number;
  /** Of copiesDisplayed, those seen only with an opt-out signal: loads, but never displays. */
  readonly optedOut: number;
  /** People to whom a copy was forwarded and shown. */
  readonly lookedElsewhere: number;
  readonly displays: readonly TrueDay[];
}

/** What really happened, for comparison only: nothing but simulate writes it, nothing but comparisons read it. */
export interface Truth {
  readonly seed: number;
  readonly scenario: string;
  readonly zone: string;
  /** First and last day. */
  readonly from: string;
  readonly until: string;
  /** Log lines, loads or not. */
  readonly lines: number;
  readonly campaigns: readonly TrueCampaign[];
  /** One entry per load, in the order of time; columns, for there may be a million. */
  readonly labels: {
    readonly load_id: readonly string[];
    readonly label: readonly TrueLabel[];
    readonly cause: readonly string[];
  };
}

/** How a load bears on the display of a copy; added up per copy and day. */
export const BEARING = {
  /** Brought the image to a person, and says so. */
  shown: 1,
  /** Brought the image to a person, but does not show it. */
  hidden: 2,
  /** May or may not have been followed by a person. */
  open: 4,
} as const;

/** Counts one campaign's displays by copy and day. */
export interface Tally {
  mark(copy: number, ms: number, bearing: number): void;
  days(): readonly TrueDay[];
}

/** A tally over the simulated days; what lies outside is left out. */
export function createTally(calendar: Calendar): Tally {
  const seen = new Map<number, number>();
  return {
    mark(copy, ms, bearing) {
      const day = calendar.dayIndex(ms);
      if (day < 0) return;
      const key = copy * calendar.days.length + day;
      seen.set(key, (seen.get(key) ?? 0) | bearing);
    },
    days() {
      const days = calendar.days.map(({ day }) => ({ dt: day, displays: 0, atLeast: 0, atMost: 0 }));
      for (const [key, bearings] of seen) {
        const day = days[key % days.length];
        if (day === undefined) continue;
        day.atMost += 1;
        if (bearings & (BEARING.shown | BEARING.hidden)) day.displays += 1;
        if (bearings & BEARING.shown) day.atLeast += 1;
      }
      return days;
    },
  };
}
