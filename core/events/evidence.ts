import { networksOf } from '../classify/networks.ts';
import { readRefererHost, readUserAgent } from '../log/text.ts';
import type { Evidence } from '../verdict.ts';
import { type Draft, NOTHING, type Numbered, readField, valueAt } from './draft.ts';

/** Reads what stage A looks at, and the other plain columns of a load. */
export function readEvidence(draft: Draft): void {
  const { numbers, settings, texts } = draft;
  texts.set('user_agent', readField(draft, 'cs-user-agent', readUserAgent));
  numbers.set(
    'asn',
    readField(draft, 'asn', (raw) => readNumber(raw, 2 ** 31 - 1)),
  );
  numbers.set(
    'status',
    readField(draft, 'sc-status', (raw) => readNumber(raw, 999)),
  );
  texts.set(
    'country',
    readField(draft, 'c-country', (raw) => (/^[A-Z]{2}$/.test(raw) ? raw : null)),
  );
  texts.set(
    'edge_location',
    readField(draft, 'x-edge-location', (raw) => raw),
  );
  texts.set(
    'cache_result',
    readField(draft, 'x-edge-result-type', (raw) => raw),
  );
  if (settings.import !== undefined) mergeReferers(draft);
}

const readNumber = (raw: string, most: number): number | null =>
  /^\d{1,10}$/.test(raw) && Number(raw) <= most ? Number(raw) : null;

/** Lines without a record have their referer in a field of its own. */
function mergeReferers(draft: Draft): void {
  const logged = readField(draft, 'cs-referer', readRefererHost);
  const edge = draft.texts.get('referer_host') ?? NOTHING;
  const shift = logged.values.length;
  const ids = logged.ids.map((id, line) => {
    const recorded = draft.recorded[line] === 1 ? (edge.ids[line] as number) : -1;
    if (recorded >= 0) return shift + recorded;
    return draft.recorded[line] === 1 ? -1 : id;
  });
  draft.texts.set('referer_host', { ids, values: [...logged.values, ...edge.values] });
}

/** The columns that hold the evidence, by its parts. */
const COLUMN_OF = {
  userAgent: 'user_agent',
  asn: 'asn',
  country: 'country',
  method: 'method',
  refererHost: 'referer_host',
  signals: 'signals',
} as const;
export const EVIDENCE_PARTS = Object.keys(COLUMN_OF) as readonly (keyof Evidence)[];

/** One part of the evidence for each line. */
export function partOf(draft: Draft, part: keyof Evidence): Numbered<string | number | null> {
  return part === 'asn'
    ? (draft.numbers.get('asn') ?? NOTHING)
    : (draft.texts.get(COLUMN_OF[part]) ?? NOTHING);
}

/** Reads the evidence of single lines. */
export function evidenceReader(draft: Draft): (line: number) => Evidence {
  const text = (part: Exclude<keyof Evidence, 'asn'>) => draft.texts.get(COLUMN_OF[part]) ?? NOTHING;
  const columns = {
    userAgent: text('userAgent'),
    country: text('country'),
    method: text('method'),
    refererHost: text('refererHost'),
    signals: text('signals'),
  };
  const asn = draft.numbers.get('asn') ?? NOTHING;
  return (line) => ({
    userAgent: valueAt(columns.userAgent, line),
    asn: valueAt(asn, line),
    country: valueAt(columns.country, line),
    method: valueAt(columns.method, line) ?? '',
    refererHost: valueAt(columns.refererHost, line),
    signals: valueAt(columns.signals, line) ?? '',
  });
}

/** Stands for every network that no rule can name: there are tens of thousands, all judged alike. */
const ORDINARY = 0;

/** A network's number as far as it can change a verdict. */
export const significantAsn = (asn: number): number => (networksOf(asn).length === 0 ? ORDINARY : asn);
