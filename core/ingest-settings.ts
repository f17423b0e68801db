import type { Evidence, Verdict } from './verdict.ts';
import type { ZoneHistory } from './zones.ts';

/** What the ingest needs of a classifier. */
export interface IngestClassifier {
  readonly ruleset: string;
  /** What of the evidence can change a verdict; all of it where this is missing. */
  readonly looksAt?: readonly (keyof Evidence)[];
  classify(evidence: Evidence): Verdict;
}

/** How logs of someone else's making are read. */
export interface ImportSettings {
  /** Source of the day keys: whoever has it can recompute the hashes. */
  readonly secret: Uint8Array;
  /** Narrows the images that count as loads, tested against the path. */
  readonly asset?: RegExp;
  /** Columns of logs without a `#Fields:` line. */
  readonly fields?: readonly string[];
  /** Whether loads of a campaign are shown under its name; asked once for each name in a log. All are where it is missing. */
  readonly admits?: (campaign: string) => boolean;
}

export interface IngestSettings {
  readonly classifier: IngestClassifier;
  readonly zones: ZoneHistory;
  /** Known paths below /a/. */
  readonly assets: readonly string[];
  readonly import?: ImportSettings;
  /** Whether a recipient's token was forgotten; none was where this is missing. */
  readonly isForgotten?: (token: string) => boolean;
}
