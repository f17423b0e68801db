import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from './terminal.ts';

/** CloudFront's own names hold a unique part, so the name alone says which object it is, wherever it was copied. */
const CLOUDFRONT_NAME = /^[\w-]+\.\d{4}-\d{2}-\d{2}-\d{2}\.[\w-]+(\.(gz|json|parquet|log|txt))*$/;

/** Files named on the command line and those below the folders, sorted, hidden ones left out. */
export function findLogFiles(paths: readonly string[]): readonly string[] {
  const found = paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined)
      throw new UsageError(`${path} does not exist: name a log file or a folder of them`);
    return stat.isDirectory() ? filesBelow(path) : [path];
  });
  return [...new Set(found)].sort();
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Name under which a file's lines are remembered: a second run over it, from whatever folder, must find the same.
 * A name that is not CloudFront's may be anything ("access.log"), so its content makes the difference.
 */
export function objectName(path: string, bytes: Uint8Array): string {
  const name = basename(path);
  if (CLOUDFRONT_NAME.test(name)) return name;
  return `${name}@${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
}
