import type { Verdict } from '../verdict.ts';
import { type Draft, valueAt } from './draft.ts';
import { OUTCOME_WIDTH } from './memory.ts';

/** The verdict as a row holds it. */
export interface Outcome {
  readonly class: string;
  readonly kind: string | null;
  readonly agent: string | null;
  readonly confidence: string;
  readonly reasons: string;
  readonly flags: string | null;
  readonly device: string | null;
  /** An opt-out, or a campaign switched off, leaves nothing but the count. */
  readonly hidden: boolean;
  /** Whether the rules decided, so that new rules may decide again. */
  readonly judged: boolean;
}
export const OUTCOME_COLUMNS = [
  'class',
  'kind',
  'agent',
  'confidence',
  'reasons',
  'flags',
  'device',
] as const;

/** Classifies the loads; what stage A cannot know (status, test campaigns, opt-outs, notes) is laid over its verdict. */
export function judgeLoads(draft: Draft, from: number, until: number): void {
  const { drop, hidden, inputIds, inputs, memory, outcomeIds } = draft;
  const { mode, notes, signals, status } = draft.columns;
  const { table, list } = memory.outcomes;
  const tuple = new Int32Array(OUTCOME_WIDTH);
  for (let line = from; line < until; line++) {
    if (drop[line] !== 0) continue;
    const input = inputs.numberOf(draft, line);
    tuple[0] = inputs.verdicts[input] as number;
    tuple[1] = status.ids[line] as number;
    tuple[2] = mode.ids[line] as number;
    tuple[3] = signals.ids[line] as number;
    tuple[4] = notes.ids[line] as number;
    tuple[5] = isUnrecorded(draft, line) ? 1 : 0;
    const id = table.idOf(tuple);
    if (id === list.length) list.push(outcomeOf(draft, line, memory.verdicts.list[tuple[0]] as Verdict));
    const outcome = list[id] as Outcome;
    outcomeIds[line] = id;
    hidden[line] = outcome.hidden ? 1 : 0;
    inputIds[line] = outcome.judged ? input : -1;
  }
}

const isUnrecorded = ({ recorded, settings }: Draft, line: number): boolean =>
  recorded[line] === 0 && settings.import === undefined;

function outcomeOf(draft: Draft, line: number, verdict: Verdict): Outcome {
  const { columns } = draft;
  const status = valueAt(columns.status, line);
  const mode = valueAt(columns.mode, line);
  const signals = (valueAt(columns.signals, line) ?? '').split(' ');
  const hidden = mode === 'off' || signals.includes('gpc') || signals.includes('dnt');
  const invalid = mode === 'test' ? 'test' : isRefused(status) ? 'status' : null;
  // With an opt-out nothing is flagged but the opt-out itself and what the edge noted.
  const words = [
    ...(valueAt(columns.notes, line) ?? '').split(' '),
    ...signals.filter((signal) => signal !== 'prefetch'),
    ...(isUnrecorded(draft, line) ? ['norecord'] : []),
    ...(hidden ? [] : verdict.flags),
    ...(status === 206 && !hidden ? ['range'] : []),
  ];
  const flags = [...new Set(words.filter((word) => word !== ''))].sort().join(' ') || null;
  const judged = invalid === null && !hidden;
  if (invalid === null) return { ...verdict, reasons: verdict.reasons.join(' '), flags, hidden, judged };
  const { device } = verdict;
  const refusal = { class: 'invalid', kind: invalid, agent: null, confidence: 'high', reasons: invalid };
  return { ...refusal, flags, device, hidden, judged };
}

/** An image was delivered with a 2xx, or with a 304 from the viewer's own cache. */
const isRefused = (status: number | null): boolean =>
  status !== null && status !== 304 && (status < 200 || status > 299);
