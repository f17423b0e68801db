/** The words of stage A, shared by rules, classifier, views and reports. docs/classification.md explains them. */

/** What a load is; a row of lines that are no loads has the class `dropped` instead. */
export type LoadClass = 'likely_human' | 'proxied' | 'prefetch' | 'automated' | 'unknown' | 'invalid';

/** Sort within a class. `at_display` and `regardless` belong to proxied; `mailbox` and `browser` to prefetch. */
export const KINDS = [
  'mail_client',
  'browser',
  'app',
  'at_display',
  'regardless',
  'mailbox',
  'scanner',
  'preview',
  'crawler',
  'client',
  'monitor',
  'status',
  'test',
] as const;
export type Kind = (typeof KINDS)[number];

/** Never "certain": a user agent can be forged and a network shared. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What stage A may look at. Text is decoded; null means the log had none. */
export interface Evidence {
  readonly userAgent: string | null;
  readonly asn: number | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** HTTP method in upper case. */
  readonly method: string;
  readonly refererHost: string | null;
  /** Sorted ids of headers seen at the edge, a space between: dnt, gpc, prefetch; empty for none. */
  readonly signals: string;
}

export interface Verdict {
  readonly class: LoadClass;
  readonly kind: Kind | null;
  readonly agent: string | null;
  readonly confidence: Confidence;
  /** Ids of the rules that decided, sorted. */
  readonly reasons: readonly string[];
  /** Results beside the class, sorted: relay, gateway, datacentre, head ... */
  readonly flags: readonly string[];
  /** phone, tablet, desktop or other. */
  readonly device: string | null;
}
