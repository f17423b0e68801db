import { PREFIXES } from '../core/layout.ts';
import { UsageError } from '../core/terminal.ts';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import type { Quarantine, Quarantined } from './quarantine.ts';

/** What became of a quarantined log object. */
export type ObjectOutcome =
  | 'ingested'
  | 'failed again'
  | 'not known yet'
  | 'copied back'
  | 'would be copied back';
/** What became of a dead letter. */
export type LetterOutcome = 'sent back' | 'cleared' | 'would be sent back' | 'would be cleared';

export type Replayed =
  | { readonly object: string; readonly outcome: ObjectOutcome }
  | { readonly letter: string; readonly objects: readonly string[]; readonly outcome: LetterOutcome };

export interface ReplayHost {
  readonly quarantine: Quarantine;
  readonly letters: DeadLetters;
  readonly tell: (what: Replayed) => void;
  readonly progress: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

export interface ReplayWish {
  /** Keys of log objects, with or without quarantine/ before them; none: everything. */
  readonly keys: readonly string[];
  /** Only tell what would be done. */
  readonly dryRun: boolean;
  /** How long to wait for word of the ingest; 0: not at all. */
  readonly waitSeconds: number;
}

const POLL_MS = 5_000;
const AT_ONCE = 20;

/**
 * Brings what failed back into processing. Quarantined objects go back to the log bucket under their own keys, which
 * announces them anew; the letters that name them are then cleared, the other letters go back to the arrivals. A copy
 * leaves the quarantine when its rows were seen, and stays in every other case.
 */
export async function replay(host: ReplayHost, { keys, dryRun, waitSeconds }: ReplayWish): Promise<void> {
  const wanted = new Set(keys.map(logKey));
  const isWanted = (key: string): boolean => wanted.size === 0 || wanted.has(key);
  const objects = (await host.quarantine.list()).filter(({ key }) => isWanted(key));
  if (!dryRun) await copyBack(host, objects);
  const known = new Set(objects.map(({ key }) => key));
  for (const key of await replayLetters(host, isWanted, known, dryRun)) known.add(key);
  if (dryRun || waitSeconds === 0) {
    const outcome = dryRun ? 'would be copied back' : 'copied back';
    for (const { key } of objects) host.tell({ object: key, outcome });
  } else await awaitWord(host, objects, waitSeconds);
  // At last, so that a slip in one key does not keep the others' ends from being told.
  assertKnown(wanted, known);
}

/** People paste what the console shows them. */
const logKey = (key: string): string =>
  key.startsWith(PREFIXES.quarantine) ? key.slice(PREFIXES.quarantine.length) : key;

async function copyBack(
  { quarantine, progress }: ReplayHost,
  objects: readonly Quarantined[],
): Promise<void> {
  for (let start = 0; start < objects.length; start += AT_ONCE) {
    await Promise.all(objects.slice(start, start + AT_ONCE).map(({ key }) => quarantine.copyBack(key)));
    progress(`${Math.min(start + AT_ONCE, objects.length)} of ${objects.length} objects copied back`);
  }
}

/** Answers the keys that letters named; what nobody asked for is left as it was, also when something fails. */
async function replayLetters(
  host: ReplayHost,
  isWanted: (key: string) => boolean,
  copied: ReadonlySet<string>,
  dryRun: boolean,
): Promise<readonly string[]> {
  const named: string[] = [];
  const left: DeadLetter[] = [];
  try {
    for await (const letter of host.letters.take()) {
      left.push(letter);
      if (!letter.keys.some(isWanted) && !(letter.keys.length === 0 && isWanted(''))) continue;
      named.push(...letter.keys);
      // Its objects are announced anew by their copies; one more message would only repeat them.
      const isCovered = letter.keys.length > 0 && letter.keys.every((key) => copied.has(key));
      const outcome = await settle(host.letters, letter, isCovered, dryRun);
      if (!dryRun) left.pop();
      host.tell({ letter: letter.id, objects: letter.keys, outcome });
    }
  } finally {
    for (const letter of left) await host.letters.release(letter);
  }
  return named;
}

async function settle(
  letters: DeadLetters,
  letter: DeadLetter,
  isCovered: boolean,
  dryRun: boolean,
): Promise<LetterOutcome> {
  if (dryRun) return isCovered ? 'would be cleared' : 'would be sent back';
  await (isCovered ? letters.clear(letter) : letters.sendBack(letter));
  return isCovered ? 'cleared' : 'sent back';
}

function assertKnown(wanted: ReadonlySet<string>, known: ReadonlySet<string>): void {
  const unknown = [...wanted].filter((key) => !known.has(key));
  if (unknown.length === 0) return;
  throw new UsageError(
    `neither quarantine/ nor a dead letter knows ${unknown.join(', ')}: see what they know with --dry-run`,
  );
}

/** Rows in fresh/ tell of success; a copy that was written again tells of failure, since the ingest made it. */
async function awaitWord(host: ReplayHost, objects: readonly Quarantined[], seconds: number): Promise<void> {
  const end = host.now() + seconds * 1000;
  let open = objects;
  while (open.length > 0) {
    const isIngested = await host.quarantine.ingested();
    const written = new Map((await host.quarantine.list()).map(({ key, writtenMs }) => [key, writtenMs]));
    const failed = ({ key, writtenMs }: Quarantined): boolean =>
      (written.get(key) ?? writtenMs) !== writtenMs;
    for (const { key } of open.filter(({ key }) => isIngested(key))) {
      await host.quarantine.remove(key);
      host.tell({ object: key, outcome: 'ingested' });
    }
    open = open.filter(({ key }) => !isIngested(key));
    for (const { key } of open.filter(failed)) host.tell({ object: key, outcome: 'failed again' });
    open = open.filter((object) => !failed(object));
    if (open.length === 0 || host.now() >= end) break;
    host.progress(`waiting for word of ${open.length} objects`);
    await host.pause(POLL_MS);
  }
  for (const { key } of open) host.tell({ object: key, outcome: 'not known yet' });
}
