import type { EventColumnName } from './batch.ts';
import { type Draft, type Numbered, valueAt } from './draft.ts';
import { judge } from './log-verdict.ts';
import { TupleTable } from './tuple-table.ts';
import type { Verdict } from './verdict.ts';

const REFUSED = 1;
const TEST = 2;
const PARTIAL = 4;
const HIDDEN = 8;
const UNRECORDED = 16;

/** The verdict as a row holds it. */
interface Outcome {
  readonly class: string;
  readonly kind: string | null;
  readonly agent: string | null;
  readonly confidence: string;
  readonly reasons: string;
  readonly flags: string | null;
  readonly device: string | null;
  readonly inputId: bigint | null;
}

export interface Outcomes {
  readonly texts: ReadonlyMap<EventColumnName, Numbered<string | null>>;
  readonly inputs: Numbered<bigint | null>;
}

/** Classifies the loads; what stage A cannot know (status, test campaigns, opt-outs, notes) is laid over its verdict. */
export function judgeLoads(draft: Draft): Outcomes {
  const judged = judge(draft);
  const table = new TupleTable(3);
  const tuple = new Int32Array(3);
  const ids = new Int32Array(draft.lines.count).fill(-1);
  const values: Outcome[] = [];
  const overlay = overlays(draft);
  for (let line = 0; line < ids.length; line++) {
    if (draft.drop[line] !== 0) continue;
    tuple[0] = judged.ids[line] as number;
    tuple[1] = draft.notes.ids[line] ?? -1;
    tuple[2] = overlay(line);
    const id = table.idOf(tuple);
    if (id === values.length) values.push(outcomeOf(draft, judged, line, tuple[2]));
    ids[line] = id;
  }
  return columnsOf(ids, values);
}

/** Which overlays hold for a line, as bits; also marks the lines that opt-outs hide. */
function overlays(draft: Draft): (line: number) => number {
  const own = draft.settings.import === undefined ? UNRECORDED : 0;
  const statuses = bitsOf(draft.numbers.get('status'), statusBits);
  const modes = bitsOf(draft.texts.get('mode'), (mode) =>
    mode === 'off' ? HIDDEN : mode === 'test' ? TEST : 0,
  );
  const signals = bitsOf(draft.texts.get('signals'), (words) => (/\b(?:gpc|dnt)\b/.test(words) ? HIDDEN : 0));
  return (line) => {
    const bits = statuses(line) | modes(line) | signals(line) | (draft.recorded[line] === 0 ? own : 0);
    draft.hidden[line] = bits & HIDDEN ? 1 : 0;
    return bits;
  };
}

function bitsOf<T>(
  column: Numbered<T | null> | undefined,
  bits: (value: T) => number,
): (line: number) => number {
  const ofValue = (column?.values ?? []).map((value) => (value === null ? 0 : bits(value)));
  return (line) => ofValue[column?.ids[line] ?? -1] ?? 0;
}

/** An image was delivered with a 2xx, or with a 304 from the viewer's own cache. */
function statusBits(status: number): number {
  if (status === 206) return PARTIAL;
  return (status >= 200 && status < 300) || status === 304 ? 0 : REFUSED;
}

function outcomeOf(draft: Draft, judged: ReturnType<typeof judge>, line: number, bits: number): Outcome {
  const { verdict, inputId } = valueAt(judged, line) as { verdict: Verdict; inputId: bigint };
  const flags = flagsOf(draft, line, bits, verdict);
  const invalid = bits & TEST ? 'test' : bits & REFUSED ? 'status' : null;
  const { device } = verdict;
  if (invalid !== null) {
    const fixed = { class: 'invalid', kind: invalid, agent: null, confidence: 'high', reasons: invalid };
    return { ...fixed, flags, device, inputId: null };
  }
  return { ...verdict, reasons: verdict.reasons.join(' '), flags, device, inputId };
}

/** With an opt-out nothing is flagged but the opt-out itself and what the edge noted. */
function flagsOf(draft: Draft, line: number, bits: number, verdict: Verdict): string | null {
  const words = (valueAt(draft.notes, line) ?? '').split(' ');
  const signals = draft.texts.get('signals');
  const seen = signals === undefined ? '' : (valueAt(signals, line) ?? '');
  words.push(...seen.split(' ').filter((signal) => signal !== 'prefetch'));
  if (bits & UNRECORDED) words.push('norecord');
  if (!(bits & HIDDEN)) words.push(...verdict.flags);
  if (bits & PARTIAL && !(bits & HIDDEN)) words.push('range');
  const sorted = [...new Set(words.filter((word) => word !== ''))].sort();
  return sorted.length === 0 ? null : sorted.join(' ');
}

function columnsOf(ids: Int32Array, values: readonly Outcome[]): Outcomes {
  const names = ['class', 'kind', 'agent', 'confidence', 'reasons', 'flags', 'device'] as const;
  return {
    texts: new Map(names.map((name) => [name, { ids, values: values.map((outcome) => outcome[name]) }])),
    inputs: { ids, values: values.map((outcome) => outcome.inputId) },
  };
}
