/** What a report says, as data: the one source of page, mail and text. Folded figures are null here already. */
import type { Range } from './format.ts';
import type { Period } from './period.ts';

/** Displays are copies or visitors; where nothing tells those apart, only loads are known. */
export type Measure = 'displays' | 'loads';
export type Unit = 'message' | 'visitor' | '';
export type Medium = 'email' | 'page' | 'document' | '';

/** Displays by what fetched the image; the first two make at least, all four at most. */
export interface Parts {
  readonly direct: number;
  readonly atDisplay: number;
  readonly regardless: number;
  readonly unknown: number;
}

export interface Headline {
  /** `loads` where no campaign of the period has a unit; `none` where nothing was loaded. */
  readonly measure: Measure | 'none';
  /** Null: fewer than the small number. */
  readonly range: Range | null;
  /** Only with a range of displays. */
  readonly parts: Parts | null;
  readonly previous: Range | null;
  /** Relative change of the middle; null where either side is folded or there was nothing before. */
  readonly change: number | null;
  /** Loads by machines, beside the range and never part of it. */
  readonly automated: number;
}

export interface CampaignRow {
  readonly id: string;
  readonly measure: Measure;
  readonly media: readonly Medium[];
  readonly units: readonly Unit[];
  readonly range: Range;
  readonly change: number | null;
  /** Nothing of it was loaded in the previous period, though other campaigns were. */
  readonly isNew: boolean;
  /** One per day of the period; null where folded. */
  readonly days: readonly (Range | null)[];
  readonly loads: number;
  readonly automated: number;
  readonly firstDay: string;
}

/** Campaigns that are named without a figure. */
export interface SmallCampaigns {
  readonly measure: Measure;
  readonly names: readonly string[];
  /** All of them together; null where that is small too. */
  readonly together: Range | null;
}

export interface DayCell {
  readonly day: string;
  readonly range: Range | null;
  /** The same day of the previous period; null where folded or nothing is known. */
  readonly previous: Range | null;
}

export interface AutomatedKind {
  readonly kind: string;
  readonly loads: number;
  /** Best-known first, three at most. */
  readonly agents: readonly string[];
}

export interface ContextRow {
  readonly medium: Medium;
  readonly measure: Measure;
  /** Null where folded. */
  readonly range: Range | null;
}

export interface Completeness {
  /** Log lines of the period; loads and drops add up to it. */
  readonly lines: number;
  readonly loads: number;
  readonly drops: readonly { readonly reason: string; readonly lines: number }[];
  /** What CloudFront counted; null where it was not asked, as on a laptop. */
  readonly requests: number | null;
}

export interface RulesetUse {
  readonly ruleset: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly loads: number;
}

/** Loads of the period that were classified again after they had come. */
export interface RulesetChange {
  /** The day in UTC. */
  readonly on: string;
  readonly before: string;
  readonly ruleset: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface Report {
  readonly period: Period;
  readonly previous: Period;
  readonly smallNumber: number;
  readonly headline: Headline;
  /** Displays by at most, then those of which only loads are known. */
  readonly campaigns: readonly CampaignRow[];
  readonly small: readonly SmallCampaigns[];
  /** Loads of names that were never registered; null: fewer than the small number. */
  readonly unregistered: number | null;
  readonly days: readonly DayCell[];
  readonly automated: readonly AutomatedKind[];
  /** Loads that failed or were the sender's own tests; in no other figure. */
  readonly invalid: readonly AutomatedKind[];
  readonly contexts: readonly ContextRow[];
  /** Displays of the contexts without a figure, together; null where none is or it is small. */
  readonly otherContexts: Range | null;
  /** Loads beyond the first of a copy or visitor; null: fewer than the small number. */
  readonly repeats: number | null;
  readonly completeness: Completeness;
  readonly rulesets: readonly RulesetUse[];
  readonly changes: readonly RulesetChange[];
}
