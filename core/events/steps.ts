import { nameDays } from './day.ts';
import { type Draft, dropLine } from './draft.ts';
import { readEvidence } from './evidence.ts';
import { forgetRecipients } from './forgotten.ts';
import { nameLoads } from './identity.ts';
import { hashImported, readAddresses } from './import-hash.ts';
import { judgeLoads } from './outcome.ts';
import { readParams } from './params.ts';
import { readAssets, readMethods } from './path.ts';
import { readTimes } from './time.ts';

/** One thing done to the lines of a block: it fills columns, or drops lines for a reason. */
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
  { name: 'address', run: readAddresses },
  { name: 'verdict', run: judgeLoads },
  { name: 'hash', run: hashImported },
  { name: 'forgotten', run: forgetRecipients },
];

function dropShortLines(draft: Draft): void {
  const { count, short } = draft.lines;
  for (let line = 0; line < count; line++) if (short[line] === 1) dropLine(draft, line, 'bad_line');
}
