/** Figures that the functions publish, and that alarms and dashboard read: each name, unit and meaning once. */

export interface MetricFact {
  /** The function that publishes it, by its file in lambda/. */
  readonly by: 'ingest' | 'merge' | 'edge-state' | 'report';
  /** As CloudWatch names it. */
  readonly unit: 'Count';
  readonly meaning: string;
}

const fact = (by: MetricFact['by'], meaning: string): MetricFact => ({ by, unit: 'Count', meaning });

export const METRICS = {
  Lines: fact('ingest', 'log lines of the objects that were ingested'),
  Drops: fact('ingest', 'log lines among them that are no loads'),
  FailedMessages: fact('ingest', 'messages that come again or go to the dead letters'),
  Quarantined: fact('ingest', 'log objects that could not be parsed'),
  Merges: fact('merge', 'merges that came to a good end'),
  MergedRows: fact('merge', 'rows that are new in events'),
  Duplicates: fact('merge', 'rows that another log object had brought already'),
  TooOld: fact('merge', 'rows of days whose events have expired, which were left out'),
  FailedChecks: fact('merge', 'merges that found loads missing or doubled, and deleted nothing'),
  Requests: fact('merge', 'requests of the last whole hour, as CloudFront counts them'),
  QuarantineDays: fact('merge', 'days that the oldest log object has been in quarantine, seen by night'),
  KeysAhead: fact('edge-state', 'days after this one for which the edge has a key'),
  ReportsSent: fact('report', 'mails handed to SES'),
} as const satisfies Record<string, MetricFact>;

export type MetricName = keyof typeof METRICS;
export type Figures = Readonly<Partial<Record<MetricName, number>>>;

/** Hands figures to whatever counts them. */
export type Publish = (figures: Figures) => void;

/** Stacks of one account and region are told apart by it. */
export const metricNamespace = (stackName: string): string => `clearpixel/${stackName}`;
