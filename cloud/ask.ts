import { REGISTRY_FILES } from '../core/layout.ts';
import type { StoredObjects } from './stored-objects.ts';

export interface AskOptions {
  readonly data: StoredObjects;
  /** Name of the command, of which there is no other. */
  readonly id: string;
  readonly waitSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

const LOOK_MS = 3_000;

/**
 * Asks the merge function for something: it is the one writer of the tables, and answers when it has done it. Null where
 * no answer came in time: the command stays, and the next merge does it.
 */
export async function askMerge(command: object, options: AskOptions): Promise<unknown> {
  const { data, id, waitSeconds, now, pause } = options;
  const until = now() + waitSeconds * 1_000;
  await data.replace(null, `${REGISTRY_FILES.commands}${id}.json`, JSON.stringify(command));
  const answer = `${REGISTRY_FILES.answers}${id}.json`;
  // Without the right to list all, S3 answers for a missing key that it may not be read.
  while ((await data.keys(answer)).length === 0) {
    if (now() + LOOK_MS > until) return null;
    await pause(LOOK_MS);
  }
  const { bytes } = await data.read(answer);
  await data.remove(answer);
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}
