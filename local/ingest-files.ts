import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { type Ingested, type IngestSettings, ingestLog, LogError } from '../core/ingest.ts';
import { writeAtomically } from './atomic-file.ts';
import { forgottenIn } from './forgotten-file.ts';
import type { Home } from './home.ts';
import { objectName } from './log-files.ts';

/** What became of one file: its counts, or the reason why it could not be taken in. */
export type FileResult =
  | { readonly path: string; readonly ingested: Ingested }
  | { readonly path: string; readonly problem: string };

/** A file is read in chunks of so many bytes: most logs are one chunk. */
const CHUNK_BYTES = 2 ** 22;

/** Parses each file into fresh Parquet files. A file that cannot be parsed is named and the next one goes on. */
export async function* ingestFiles(
  paths: readonly string[],
  home: Home,
  settings: IngestSettings,
): AsyncGenerator<FileResult, void, void> {
  const isForgotten = forgottenIn(home);
  const known = isForgotten === null ? settings : { ...settings, isForgotten };
  for (const path of paths) {
    try {
      const log = { name: await objectName(path, () => readFile(path)), bytes: readFile(path) };
      const ingested = await ingestLog(log, known, ({ name, bytes }) =>
        writeAtomically(join(home.fresh, name), bytes),
      );
      yield { path, ingested };
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      yield { path, problem: `${path}: ${error.problem}` };
    }
  }
}

async function* readFile(path: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const { message } = error as NodeJS.ErrnoException;
    throw new LogError(path, `cannot be read (${message}), look at it and run this again`);
  }
}
