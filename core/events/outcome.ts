import { RECORD_NOTES } from '../edge-record.ts';
import type { Verdict } from '../verdict.ts';
import { ContextTable } from './context-table.ts';
import { type Draft, valueAt } from './draft.ts';
import { hashInput, newInput, takeInput } from './verdicts.ts';

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
  readonly registered: boolean | null;
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

/** The outcomes that are known: of a verdict, and of what is laid over it. */
export class Outcomes {
  readonly list: Outcome[] = [];
  readonly #table = new ContextTable(CONTEXT_WIDTH);
  readonly #context = new Int32Array(CONTEXT_WIDTH);

  get size(): number {
    return this.#table.size;
  }

  /** The number of a load's outcome. */
  numberOf(draft: Draft, line: number, verdict: number): number {
    const { mode, notes, signals, status } = draft.columns;
    const context = this.#context;
    context[0] = status.ids[line] as number;
    context[1] = mode.ids[line] as number;
    context[2] = signals.ids[line] as number;
    context[3] = notes.ids[line] as number;
    context[4] = isUnrecorded(draft, line) ? 1 : 0;
    const known = this.#table.get(context, verdict);
    if (known !== -1) return known;
    const number = this.list.push(outcomeOf(draft, line, draft.memory.verdicts.list[verdict] as Verdict)) - 1;
    this.#table.set(verdict, number);
    return number;
  }
}
const CONTEXT_WIDTH = 5;

/** Classifies the loads; what stage A cannot know (status, test campaigns, opt-outs, notes) is laid over its verdict. */
export function judgeLoads(draft: Draft): void {
  const { drop, hidden, lines, outcomeIds } = draft;
  const { outcomes, verdicts } = draft.memory;
  const input = newInput();
  for (let line = 0; line < lines.count; line++) {
    if (drop[line] !== 0) continue;
    takeInput(draft, line, input);
    const id = outcomes.numberOf(draft, line, verdicts.numberOf(draft, line, input));
    const outcome = outcomes.list[id] as Outcome;
    outcomeIds[line] = id;
    hidden[line] = outcome.hidden ? 1 : 0;
    if (outcome.judged) hashInput(draft, line, input);
  }
}

/** No record of the edge; a part of the image. */
const UNRECORDED = 'norecord';
const PARTIAL = 'range';
const LAID_OVER: ReadonlySet<string> = new Set([...RECORD_NOTES, UNRECORDED, PARTIAL]);

/** The flags of a load that other rules judge: what was laid over its verdict stays, what the old rules said goes. */
export const flagsAgain = (before: string, verdict: Pick<Verdict, 'flags'>): string | null =>
  writeFlags([...before.split(' ').filter((word) => LAID_OVER.has(word)), ...verdict.flags]);

const writeFlags = (words: readonly string[]): string | null =>
  [...new Set(words.filter((word) => word !== ''))].sort().join(' ') || null;

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
    ...(isUnrecorded(draft, line) ? [UNRECORDED] : []),
    ...(hidden ? [] : verdict.flags),
    ...(status === 206 && !hidden ? [PARTIAL] : []),
  ];
  const flags = writeFlags(words);
  const judged = invalid === null && !hidden;
  const registered = hidden ? null : isRegistered(draft, line);
  const rest = { flags, hidden, judged, registered };
  if (invalid === null) return { ...verdict, reasons: verdict.reasons.join(' '), ...rest };
  const { device } = verdict;
  const refusal = { class: 'invalid', kind: invalid, agent: null, confidence: 'high', reasons: invalid };
  return { ...refusal, device, ...rest };
}

/**
 * Whether the campaign is known: to the edge, which cannot tell (null) when it could not read its store or wrote
 * nothing; or to an import.
 */
function isRegistered(draft: Draft, line: number): boolean | null {
  const { mode, notes } = draft.columns;
  if (valueAt(mode, line) !== null) return true;
  const isMissed = valueAt(notes, line)?.split(' ').includes('nostore') ?? false;
  const couldTell = draft.settings.import !== undefined || (draft.recorded[line] === 1 && !isMissed);
  return couldTell ? false : null;
}

/** An image was delivered with a 2xx, or with a 304 from the viewer's own cache. */
const isRefused = (status: number | null): boolean =>
  status !== null && status !== 304 && (status < 200 || status > 299);
