import type { Draft, Numbered } from './draft.ts';
import { readField, valueAt } from './draft.ts';
import { hash64 } from './hash.ts';
import type { IngestClassifier } from './ingest-settings.ts';
import { readRefererHost, readUserAgent } from './log-text.ts';
import { TupleTable } from './tuple-table.ts';
import type { Evidence, Verdict } from './verdict.ts';

/** Reads what stage A looks at, and the other plain columns of a load. */
export function readEvidence(draft: Draft): void {
  const { numbers, recorded, settings, texts } = draft;
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
  if (settings.import !== undefined) mergeReferers(draft, recorded);
}

const readNumber = (raw: string, most: number): number | null =>
  /^\d{1,10}$/.test(raw) && Number(raw) <= most ? Number(raw) : null;

/** Lines without a record have their referer in a field of its own. */
function mergeReferers(draft: Draft, recorded: Uint8Array): void {
  const logged = readField(draft, 'cs-referer', readRefererHost);
  const edge = draft.texts.get('referer_host') as Numbered<string | null>;
  const shift = logged.values.length;
  const ids = logged.ids.map((id, line) =>
    recorded[line] === 0 ? id : edge.ids[line] === -1 ? -1 : shift + (edge.ids[line] as number),
  );
  draft.texts.set('referer_host', { ids, values: [...logged.values, ...edge.values] });
}

/** A distinct input of stage A with what came of it. */
interface Judged {
  readonly verdict: Verdict;
  readonly inputId: bigint;
}

/** Classifies each distinct evidence once; lines refer to it by number. */
export function judge(draft: Draft): Numbered<Judged> {
  const columns = evidenceColumns(draft);
  const table = new TupleTable(columns.length);
  const tuple = new Int32Array(columns.length);
  const ids = new Int32Array(draft.lines.count).fill(-1);
  const values: Judged[] = [];
  const memo = memoOf(draft.settings.classifier);
  for (let line = 0; line < ids.length; line++) {
    if (draft.drop[line] !== 0) continue;
    for (let place = 0; place < tuple.length; place++) tuple[place] = columns[place]?.ids[line] as number;
    const id = table.idOf(tuple);
    if (id === values.length)
      values.push(judgeOnce(evidenceOf(draft, line), memo, draft.settings.classifier));
    ids[line] = id;
  }
  return { ids, values };
}

const evidenceColumns = ({ texts, numbers }: Draft): readonly Numbered<unknown>[] =>
  [
    texts.get('user_agent'),
    numbers.get('asn'),
    texts.get('country'),
    texts.get('method'),
    texts.get('referer_host'),
    texts.get('signals'),
  ].filter((column) => column !== undefined);

function evidenceOf({ texts, numbers }: Draft, line: number): Evidence {
  const text = (name: 'user_agent' | 'country' | 'method' | 'referer_host' | 'signals') =>
    valueAt(texts.get(name) as Numbered<string | null>, line);
  return {
    userAgent: text('user_agent'),
    asn: valueAt(numbers.get('asn') as Numbered<number | null>, line),
    country: text('country'),
    method: text('method') ?? '',
    refererHost: text('referer_host'),
    signals: text('signals') ?? '',
  };
}

/** What was classified before, of any file; forgotten as a whole when it grows too large. */
type Memo = Map<string, Judged>;
const MEMO_ENTRIES = 200_000;
const memos = new WeakMap<IngestClassifier, Memo>();

function memoOf(classifier: IngestClassifier): Memo {
  const known = memos.get(classifier) ?? new Map<string, Judged>();
  if (known.size > MEMO_ENTRIES) known.clear();
  memos.set(classifier, known);
  return known;
}

function judgeOnce(evidence: Evidence, memo: Memo, classifier: IngestClassifier): Judged {
  const text = inputText(evidence);
  const known = memo.get(text);
  if (known !== undefined) return known;
  const judged = { verdict: classifier.classify(evidence), inputId: hash64(text) };
  memo.set(text, judged);
  return judged;
}

/** What `input_id` is a hash of. Only a user agent may hold a line break, and it comes first: no two inputs look alike. */
export const inputText = ({ userAgent, asn, country, method, refererHost, signals }: Evidence): string =>
  [userAgent ?? '', asn ?? '', country ?? '', method, refererHost ?? '', signals].join('\n');
