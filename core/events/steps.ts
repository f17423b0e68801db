import type { IngestSettings } from '../ingest-settings.ts';
import type { Lines } from '../log/lines.ts';
import { fillDays, nameDays } from './day.ts';
import { type Draft, dropLine, newDraft } from './draft.ts';
import { readEvidence } from './evidence.ts';
import { nameLoads } from './identity.ts';
import { hashImported, readAddresses } from './import-hash.ts';
import { judgeLoads } from './outcome.ts';
import { readParams } from './params.ts';
import { readAssets, readMethods } from './path.ts';
import { readTimes } from './time.ts';

/** One thing done to the lines `[from, until)` of a log: it fills columns, or drops lines for a reason. */
export interface EventStep {
  readonly name: string;
  readonly run: (draft: Draft, from: number, until: number) => void;
}

/** From lines to loads, in this order: the first reason that holds is a line's drop reason. */
export const LINE_STEPS: readonly EventStep[] = [
  { name: 'identity', run: nameLoads },
  { name: 'columns', run: dropShortLines },
  { name: 'time', run: readTimes },
  { name: 'path', run: readAssets },
  { name: 'method', run: readMethods },
  { name: 'params', run: readParams },
  { name: 'day', run: nameDays },
  { name: 'evidence', run: readEvidence },
  { name: 'address', run: readAddresses },
  { name: 'verdict', run: judgeLoads },
];

/** What can be said only when all lines have been read. */
export const LOG_STEPS: readonly EventStep[] = [
  { name: 'day', run: fillDays },
  { name: 'hash', run: hashImported },
];

/** So few lines stay in the processor's cache from step to step. */
const BLOCK = 512;

function dropShortLines(draft: Draft, from: number, until: number): void {
  const { short } = draft.lines;
  for (let line = from; line < until; line++) if (short[line] === 1) dropLine(draft, line, 'bad_line');
}

/** Runs every step over the lines of one log, by blocks; `run` may do more about it, such as taking the time. */
export function draftEvents(
  object: string,
  lines: Lines,
  settings: IngestSettings,
  run: (step: EventStep, draft: Draft, from: number, until: number) => void = runStep,
): Draft {
  const draft = newDraft(object, lines, settings);
  for (let from = 0; from < lines.count; from += BLOCK) {
    const until = Math.min(from + BLOCK, lines.count);
    for (const step of LINE_STEPS) run(step, draft, from, until);
  }
  for (const step of LOG_STEPS) run(step, draft, 0, lines.count);
  return draft;
}

const runStep = (step: EventStep, draft: Draft, from: number, until: number): void =>
  step.run(draft, from, until);
