import { addDays } from '../../core/day.ts';
import { hash64 } from '../../core/hash.ts';
import type { Random } from '../../local/simulate/random.ts';
import { type Line, logFile, logLine } from '../flow/logs.ts';

const FIRST_DAY = '2026-11-17';
const DAYS = 3;
const DAY_MS = 86_400_000;
export const FIRST_MS = Date.parse(`${FIRST_DAY}T00:00:00Z`);
export const TOKENS = ['token-a', 'token-b', 'token-c'];

/** A campaign counted by day, one counted over its life, and one that keeps tokens. */
export const CAMPAIGNS = `insert into campaigns (campaign, recording, copies, sent_from_ms) values ${[
  ['by-day', 'aggregate', 'day'],
  ['whole-life', 'aggregate', 'campaign'],
  ['with-consent', 'consented', 'day'],
]
  .map(([campaign, mode, copies]) => `('${campaign}', '${mode}', '${copies}', ${FIRST_MS})`)
  .join(', ')}`;

export interface Load extends Line {
  /** Without one it is no copy's. */
  readonly hasNonce: boolean;
  readonly dt: string;
  readonly loadId: bigint;
}

export interface LogObject {
  readonly key: string;
  readonly loads: readonly Load[];
  /** Lines that are no loads. */
  readonly drops: number;
}

/** A few log objects that share some of their loads, and are about several days. */
export function randomObjects(random: Random): readonly LogObject[] {
  const loads = Array.from({ length: 4 + random.below(40) }, (_, number) => randomLoad(random, number));
  const objects = Array.from({ length: 2 + random.below(4) }, (_, number) => ({
    key: `logs/E2EXAMPLE.2026-11-19-12.${number}.gz`,
    loads: loads.filter((_, index) => random.chance(index % 6 === number ? 1 : 0.1)),
    drops: random.below(3),
  }));
  return objects.filter((object) => object.loads.length > 0);
}

function randomLoad(random: Random, number: number): Load {
  const id = `load${number}`;
  const ms = FIRST_MS + random.below(DAYS * DAY_MS);
  const campaign = random.item(['by-day', 'whole-life', 'with-consent']);
  return {
    id,
    ms,
    campaign,
    message: `copy${random.below(12)}`,
    hasNonce: random.chance(0.8),
    ...(campaign === 'with-consent' && random.chance(0.8) && { recipient: random.item(TOKENS) }),
    dt: addDays(FIRST_DAY, Math.floor((ms - FIRST_MS) / DAY_MS)),
    loadId: hash64(id),
  };
}

/** The log file; with a number, only so many of its loads: it was not written to its end. */
export function fileOf({ loads, drops }: LogObject, first = loads.length): Buffer {
  const noise = Array.from({ length: drops }, (_, number) =>
    logLine({ id: `noise${number}`, path: '/favicon.ico', ms: FIRST_MS }),
  );
  return logFile(...noise, ...loads.slice(0, first).map(lineOf));
}

const lineOf = (load: Load): string =>
  load.hasNonce ? logLine(load) : logLine(load).replace(/&message=\w+$/, '');
