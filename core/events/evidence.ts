import { networksOf } from '../classify/networks.ts';
import type { Evidence } from '../verdict.ts';
import { type AnyColumn, type Columns, type Draft, readField, spansOf, valueAt } from './draft.ts';

/** Reads what stage A looks at, and the other plain columns of a load. */
export function readEvidence(draft: Draft): void {
  readField(draft, 'cs-user-agent', 'user_agent');
  readField(draft, 'asn', 'asn');
  readField(draft, 'sc-status', 'status');
  readField(draft, 'c-country', 'country');
  readField(draft, 'x-edge-location', 'edge_location');
  readField(draft, 'x-edge-result-type', 'cache_result');
  if (draft.settings.import !== undefined) readReferers(draft);
}

/** Lines without a record have their referer in a field of its own. */
function readReferers({ columns, drop, lines, recorded, skip }: Draft): void {
  const spans = spansOf(lines, 'cs-referer');
  if (spans.length === 0) return;
  for (let line = 0; line < lines.count; line++)
    skip[line] = (drop[line] as number) | (recorded[line] as number);
  columns.referer.dictionary.numberAll(spans, columns.referer_host.ids, skip, lines.count);
}

/** The columns that hold the evidence, in the order in which `input_id` hashes them. */
export const EVIDENCE_COLUMNS = {
  userAgent: 'user_agent',
  asn: 'asn',
  country: 'country',
  method: 'method',
  refererHost: 'referer_host',
  signals: 'signals',
} as const;
export const EVIDENCE_PARTS = Object.keys(EVIDENCE_COLUMNS) as readonly (keyof Evidence)[];

export const evidenceColumns = (columns: Columns): readonly AnyColumn[] =>
  EVIDENCE_PARTS.map((part) => columns[EVIDENCE_COLUMNS[part]]);

/** What stage A may look at of one line. */
export function evidenceAt({ columns }: Draft, line: number): Evidence {
  return {
    userAgent: valueAt(columns.user_agent, line),
    asn: valueAt(columns.asn, line),
    country: valueAt(columns.country, line),
    method: valueAt(columns.method, line) ?? '',
    refererHost: valueAt(columns.referer_host, line),
    signals: valueAt(columns.signals, line) ?? '',
  };
}

/** Whether a network can change a verdict: no rule names the tens of thousands of others. */
export const isNamed = (asn: number): boolean => networksOf(asn).length > 0;
