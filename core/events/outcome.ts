import type { Verdict } from '../verdict.ts';
import { type Draft, NOTHING, type Numbered, valueAt } from './draft.ts';
import { judge, nameInputs, numberTuples } from './verdicts.ts';

/** What is laid over a verdict, as bits. */
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
}
const OUTCOME_COLUMNS = ['class', 'kind', 'agent', 'confidence', 'reasons', 'flags', 'device'] as const;

/** Classifies the loads; what stage A cannot know (status, test campaigns, opt-outs, notes) is laid over its verdict. */
export function judgeLoads(draft: Draft): void {
  const verdicts = judge(draft);
  const bits = overlayBits(draft);
  const notes = draft.notes.ids.length === 0 ? bits : draft.notes.ids;
  const signals = (draft.texts.get('signals') ?? NOTHING).ids;
  const values: Outcome[] = [];
  const ids = numberTuples(draft, [verdicts.ids, bits, notes, signals], (line) => {
    values.push(outcomeOf(draft, valueAt(verdicts, line) as Verdict, line, bits[line] as number));
  });
  for (const name of OUTCOME_COLUMNS) draft.texts.set(name, { ids, values: values.map((one) => one[name]) });
  draft.inputs = nameInputs(draft);
  forgetInputs(draft, bits);
}

function overlayBits(draft: Draft): Int32Array {
  const bits = new Int32Array(draft.lines.count);
  addBits(bits, draft.numbers.get('status') ?? NOTHING, statusBits);
  addBits(bits, draft.texts.get('mode') ?? NOTHING, (mode) =>
    mode === 'off' ? HIDDEN : mode === 'test' ? TEST : 0,
  );
  addBits(bits, draft.texts.get('signals') ?? NOTHING, (words) => (/gpc|dnt/.test(words) ? HIDDEN : 0));
  const own = draft.settings.import === undefined;
  for (let line = 0; line < bits.length; line++) {
    if (own && draft.recorded[line] === 0) bits[line] = (bits[line] as number) | UNRECORDED;
    draft.hidden[line] = (bits[line] as number) & HIDDEN ? 1 : 0;
  }
  return bits;
}

function addBits<T>(bits: Int32Array, { ids, values }: Numbered<T | null>, read: (value: T) => number): void {
  const ofValue = Int32Array.from(values, (value) => (value === null ? 0 : read(value)));
  for (let line = 0; line < ids.length; line++) {
    const id = ids[line] as number;
    if (id >= 0) bits[line] = (bits[line] as number) | (ofValue[id] as number);
  }
}

/** An image was delivered with a 2xx, or with a 304 from the viewer's own cache. */
function statusBits(status: number): number {
  if (status === 206) return PARTIAL;
  return (status >= 200 && status < 300) || status === 304 ? 0 : REFUSED;
}

/** What was not classified, or must not be again, has no input. */
function forgetInputs({ inputs }: Draft, bits: Int32Array): void {
  for (let line = 0; line < bits.length; line++) {
    if ((bits[line] as number) & (REFUSED | TEST | HIDDEN)) inputs.ids[line] = -1;
  }
}

function outcomeOf(draft: Draft, verdict: Verdict, line: number, bits: number): Outcome {
  const flags = flagsOf(draft, line, bits, verdict);
  const invalid = bits & TEST ? 'test' : bits & REFUSED ? 'status' : null;
  if (invalid === null) return { ...verdict, reasons: verdict.reasons.join(' '), flags };
  return {
    class: 'invalid',
    kind: invalid,
    agent: null,
    confidence: 'high',
    reasons: invalid,
    flags,
    device: verdict.device,
  };
}

/** With an opt-out nothing is flagged but the opt-out itself and what the edge noted. */
function flagsOf(draft: Draft, line: number, bits: number, verdict: Verdict): string | null {
  const words = (valueAt(draft.notes, line) ?? '').split(' ');
  const signals = valueAt(draft.texts.get('signals') ?? NOTHING, line) ?? '';
  words.push(...signals.split(' ').filter((signal) => signal !== 'prefetch'));
  if (bits & UNRECORDED) words.push('norecord');
  if (!(bits & HIDDEN)) words.push(...verdict.flags);
  if (bits & PARTIAL && !(bits & HIDDEN)) words.push('range');
  const sorted = [...new Set(words.filter((word) => word !== ''))].sort();
  return sorted.length === 0 ? null : sorted.join(' ');
}
