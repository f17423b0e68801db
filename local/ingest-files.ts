import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ingested, type IngestSettings, ingestLog, LogError } from '../core/ingest.ts';
import { writeAtomically } from './atomic-file.ts';
import type { Home } from './home.ts';
import { objectName } from './log-files.ts';

/** What became of one file: its counts, or the reason why nothing of it could be taken in. */
export type FileResult =
  | { readonly path: string; readonly ingested: Ingested }
  | { readonly path: string; readonly problem: string };

/** Parses each file into a fresh Parquet file. A file that cannot be parsed is named and the next one goes on. */
export function* ingestFiles(
  paths: readonly string[],
  home: Home,
  settings: IngestSettings,
): Generator<FileResult, void, void> {
  for (const path of paths) {
    try {
      const bytes = readLog(path);
      const ingested = ingestLog({ name: objectName(path, bytes), bytes }, settings);
      if (ingested.fresh !== null)
        writeAtomically(join(home.fresh, ingested.fresh.name), ingested.fresh.bytes);
      yield { path, ingested };
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      yield { path, problem: `${path}: ${error.problem}` };
    }
  }
}

function readLog(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const remedy = code === 'ERR_FS_FILE_TOO_LARGE' ? 'split the file' : 'look at it and run this again';
    throw new LogError(path, `cannot be read (${message}), ${remedy}`);
  }
}
