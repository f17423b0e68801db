/** The feed of loads that arrived while the page server runs, each with its label and the reason for it. */
import type { Classifier } from '../../core/classify/classify.ts';
import { formatExplanation } from '../../core/classify/explain.ts';
import type { Evidence } from '../../core/verdict.ts';
import type { Row, Warehouse } from '../../core/warehouse.ts';

export interface LiveEntry {
  /** Order of arrival, from 1. */
  readonly number: number;
  readonly loadedMs: number;
  readonly campaign: string;
  readonly name: string;
  /** "proxied · at display", or "not labelled". */
  readonly label: string;
  /** Which swatch stands before it: direct, at-display, regardless, unknown, machine. */
  readonly swatch: string;
  readonly confidence: string | null;
  readonly reasons: readonly string[];
  /** One plain sentence. */
  readonly sentence: string;
  /** The whole explanation; null where nothing may be said. */
  readonly explanation: string | null;
}

export interface LiveFeed {
  /** Looks for loads that came since the last look. */
  refresh(warehouse: Warehouse): Promise<void>;
  entriesAfter(number: number): readonly LiveEntry[];
}

const KEPT = 50;

/** A feed of loads from `day` on that were loaded at `sinceMs` or later. */
export function createFeed(
  sql: string,
  classifier: Classifier,
  since: { day: string; ms: number },
): LiveFeed {
  const seen = new Set<string>();
  const entries: LiveEntry[] = [];
  return {
    async refresh(warehouse) {
      const rows = await warehouse.query(sql, [since.day, String(since.ms)]);
      for (const row of rows.toReversed()) {
        const id = String(row['load_id']);
        if (seen.has(id)) continue;
        seen.add(id);
        entries.push(entryOf(row, seen.size, classifier));
      }
      entries.splice(0, Math.max(0, entries.length - KEPT));
    },
    entriesAfter: (number) => entries.filter((entry) => entry.number > number),
  };
}

const text = (row: Row, column: string): string | null => {
  const value = row[column];
  return value === null || value === undefined || value === '' ? null : String(value);
};

function entryOf(row: Row, number: number, classifier: Classifier): LiveEntry {
  const base = { number, loadedMs: Number(row['loaded_ms']), campaign: text(row, 'campaign') ?? '' };
  const optOut = optOutOf(row);
  if (optOut !== null) {
    return {
      ...base,
      name: `Opted out (${optOut})`,
      label: 'not labelled',
      swatch: 'machine',
      confidence: null,
      reasons: [],
      sentence:
        'The tables keep its campaign and time, not who sent it: it counts as a load, never as a display.',
      explanation: null,
    };
  }
  const evidence = evidenceOf(row);
  const kind = text(row, 'kind');
  return {
    ...base,
    name: nameOf(row),
    label: [text(row, 'class'), kind]
      .filter((part) => part !== null)
      .join(' · ')
      .replaceAll('_', ' '),
    swatch: swatchOf(row),
    confidence: text(row, 'confidence'),
    reasons: text(row, 'reasons')?.split(' ') ?? [],
    sentence: sentenceOf(row),
    explanation: formatExplanation(classifier.explain(evidence)),
  };
}

/** Of an opted-out load nothing but the marker is kept, among the flags. */
function optOutOf(row: Row): string | null {
  const flags = (text(row, 'flags') ?? '').split(' ');
  if (text(row, 'user_agent') !== null) return null;
  if (flags.includes('gpc')) return 'Sec-GPC';
  if (flags.includes('dnt')) return 'DNT';
  return text(row, 'mode') === 'off' ? 'recording is off' : null;
}

const evidenceOf = (row: Row): Evidence => ({
  userAgent: text(row, 'user_agent'),
  asn: row['asn'] === null || row['asn'] === undefined ? null : Number(row['asn']),
  country: text(row, 'country'),
  method: text(row, 'method') ?? 'GET',
  refererHost: text(row, 'referer_host'),
  signals: text(row, 'signals') ?? '',
});

const nameOf = (row: Row): string =>
  text(row, 'agent') ?? (text(row, 'user_agent') ?? 'No user agent').slice(0, 80);

function swatchOf(row: Row): string {
  if (text(row, 'tier') === 'neither') return 'machine';
  if (text(row, 'class') === 'unknown') return 'unknown';
  if (text(row, 'tier') === 'at_most') return 'regardless';
  return text(row, 'class') === 'likely_human' ? 'direct' : 'at-display';
}

function sentenceOf(row: Row): string {
  const tier = text(row, 'tier');
  if (tier === 'neither') return 'Sent by a machine: shown as automated, in neither number.';
  if (text(row, 'campaign') === '(unregistered)')
    return 'Its campaign is not registered: counted as one of the unregistered loads.';
  if (row['first'] === false)
    return 'A repeat of a copy or visitor already counted today: no further display.';
  const counts = text(row, 'unit') === null ? 'load' : 'display';
  if (text(row, 'class') === 'unknown') return `Nothing says what sent it: a ${counts} at most.`;
  if (tier === 'at_most') return `Fetched whether or not anyone looks: a ${counts} at most.`;
  if (text(row, 'class') === 'proxied')
    return `Fetched by the mailbox when the message was shown: a ${counts}, at least.`;
  return `Loaded by a person’s device, as far as one can tell: a ${counts}, at least.`;
}
