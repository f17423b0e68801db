import { hashRange, hashText } from '../hash.ts';
import type { IngestClassifier } from '../ingest-settings.ts';
import type { Evidence, Verdict } from '../verdict.ts';
import type { Draft, Numbered } from './draft.ts';
import { EVIDENCE_PARTS, evidenceReader, partOf, significantAsn } from './evidence.ts';
import { TupleTable } from './tuple-table.ts';
import { WordList } from './word-list.ts';

/** Numbers the distinct tuples of some columns over the loads; `add` is called with the first line of each. */
export function numberTuples(
  { drop }: Draft,
  columns: readonly Int32Array[],
  add: (line: number) => void,
): Int32Array {
  const table = new TupleTable(columns.length);
  const tuple = new Int32Array(columns.length);
  const ids = new Int32Array(drop.length).fill(-1);
  for (let line = 0, size = 0; line < ids.length; line++) {
    if (drop[line] !== 0) continue;
    for (let place = 0; place < columns.length; place++) {
      tuple[place] = (columns[place] as Int32Array)[line] as number;
    }
    const id = table.idOf(tuple);
    if (id === size) {
      add(line);
      size++;
    }
    ids[line] = id;
  }
  return ids;
}

/** Classifies each distinct evidence once, as far as the classifier looks at it. */
export function judge(draft: Draft): Numbered<Verdict> {
  const { classifier } = draft.settings;
  const columns = looksAt(classifier).map((part) =>
    part === 'asn' ? significantIds(draft) : partOf(draft, part).ids,
  );
  const evidenceAt = evidenceReader(draft);
  const memo = memoOf(classifier);
  const values: Verdict[] = [];
  const ids = numberTuples(draft, columns, (line) => {
    values.push(judgeOnce(evidenceAt(line), memo, classifier));
  });
  return { ids, values };
}

const looksAt = (classifier: IngestClassifier): readonly (keyof Evidence)[] =>
  classifier.looksAt ?? EVIDENCE_PARTS;

/** The numbers of networks, those that no rule names being one. */
function significantIds(draft: Draft): Int32Array {
  const { ids, values } = partOf(draft, 'asn');
  const numbers = Int32Array.from(values, (asn) => (typeof asn === 'number' ? significantAsn(asn) : -1));
  return ids.map((id) => numbers[id] ?? -1);
}

/** Verdicts of earlier logs; forgotten as a whole when there are too many. */
type Memo = Map<string, Verdict>;
const MEMO_ENTRIES = 200_000;
const memos = new WeakMap<IngestClassifier, Memo>();

function memoOf(classifier: IngestClassifier): Memo {
  const known = memos.get(classifier) ?? new Map<string, Verdict>();
  if (known.size > MEMO_ENTRIES) known.clear();
  memos.set(classifier, known);
  return known;
}

function judgeOnce(evidence: Evidence, memo: Memo, classifier: IngestClassifier): Verdict {
  const asn = evidence.asn === null ? null : significantAsn(evidence.asn);
  const parts: Evidence = { ...evidence, asn };
  const key = looksAt(classifier)
    .map((part) => parts[part] ?? '')
    .join('\n');
  const verdict = memo.get(key) ?? classifier.classify(evidence);
  memo.set(key, verdict);
  return verdict;
}

/** `input_id` of each load: a hash of the hashes of what stage A may look at. */
export function nameInputs(draft: Draft): { ids: Int32Array; values: BigInt64Array } {
  const columns = EVIDENCE_PARTS.map((part) => partOf(draft, part));
  const hashes = columns.map(({ values }) => hashValues(values));
  const parts = new Int32Array(columns.length * 2);
  const view = new DataView(parts.buffer);
  const list = new WordList();
  const ids = numberTuples(
    draft,
    columns.map((column) => column.ids),
    (line) => {
      for (let place = 0; place < columns.length; place++) {
        const id = columns[place]?.ids[line] ?? -1;
        parts[place * 2] = hashes[place]?.[id * 2] ?? 0;
        parts[place * 2 + 1] = hashes[place]?.[id * 2 + 1] ?? 0;
      }
      const at = list.next();
      hashRange(view, 0, view.byteLength, list.lanes, at);
    },
  );
  return { ids, values: list.toBigints() };
}

/** Null, like no value at all, is the pair 0 0. */
function hashValues(values: readonly (string | number | null)[]): Int32Array {
  const lanes = new Int32Array(values.length * 2);
  values.forEach((value, id) => {
    if (value !== null) hashText(String(value), lanes, id * 2);
  });
  return lanes;
}
