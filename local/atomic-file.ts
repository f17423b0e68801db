import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Writes beside the file and renames: a reader sees the old content or the new one, never half of it. */
export function writeAtomically(path: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = draftOf(path);
  writeFileSync(draft, content, { mode, flag: 'wx' });
  renameSync(draft, path);
}

/** A new name beside a file, hidden, so that nobody who lists the folder takes it for a finished one. */
export const draftOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}`);
