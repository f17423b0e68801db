import type { IngestSettings } from '../ingest-settings.ts';
import type { Lines } from '../log/lines.ts';
import { nameDays } from './day.ts';
import { type Draft, dropLine, NOTHING } from './draft.ts';
import { readEvidence } from './evidence.ts';
import { nameLoads } from './identity.ts';
import { hashImported } from './import-hash.ts';
import { judgeLoads } from './outcome.ts';
import { readParams } from './params.ts';
import { readAssets, readMethods } from './path.ts';
import { readTimes } from './time.ts';

/** One thing done to all lines of a log: it fills columns, or drops lines for a reason. */
export interface EventStep {
  readonly name: string;
  readonly run: (draft: Draft) => void;
}

/** From lines to loads, in this order: the first reason that holds is a line's drop reason. */
export const EVENT_STEPS: readonly EventStep[] = [
  { name: 'identity', run: nameLoads },
  { name: 'columns', run: dropShortLines },
  { name: 'time', run: readTimes },
  { name: 'path', run: readAssets },
  { name: 'method', run: readMethods },
  { name: 'params', run: readParams },
  { name: 'day', run: nameDays },
  { name: 'evidence', run: readEvidence },
  { name: 'hash', run: (draft) => draft.settings.import !== undefined && hashImported(draft) },
  { name: 'verdict', run: judgeLoads },
];

function dropShortLines(draft: Draft): void {
  const { short, count } = draft.lines;
  for (let line = 0; line < count; line++) if (short[line] === 1) dropLine(draft, line, 'bad_line');
}

/** Runs every step over the lines of one log. */
export function draftEvents(object: string, lines: Lines, settings: IngestSettings): Draft {
  const draft = newDraft(object, lines, settings);
  for (const step of EVENT_STEPS) step.run(draft);
  return draft;
}

/** What is known before the first step: nothing but the lines. */
export function newDraft(object: string, lines: Lines, settings: IngestSettings): Draft {
  return {
    object,
    lines,
    settings,
    loadIds: new Int32Array(lines.count * 2),
    drop: new Uint8Array(lines.count),
    ms: new Float64Array(lines.count).fill(Number.NaN),
    hidden: new Uint8Array(lines.count),
    recorded: new Uint8Array(lines.count),
    texts: new Map(),
    numbers: new Map(),
    words: new Map(),
    recordDay: NOTHING,
    notes: NOTHING,
    nonce: NOTHING,
    inputs: { ids: NOTHING.ids, values: new BigInt64Array(0) },
  };
}
