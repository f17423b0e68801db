import { createHash } from 'node:crypto';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import type { Home } from './home.ts';
import { UsageError } from './terminal.ts';

/** CloudFront's own names hold a unique part, so the name alone says which object it is, wherever it was copied. */
const CLOUDFRONT_NAME = /^[\w-]+\.\d{4}-\d{2}-\d{2}-\d{2}\.[\w-]+(\.(gz|json|parquet|log|txt))*$/;

/** Files named on the command line and those below the folders, sorted; hidden ones and our own tables left out. */
export function findLogFiles(paths: readonly string[], home: Home): readonly string[] {
  const isOwn = (path: string): boolean => isBelow(path, home.root) && !isBelow(path, home.logs);
  const found = paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined)
      throw new UsageError(`${path} does not exist: name a log file or a folder of them`);
    return stat.isDirectory() ? filesBelow(path).filter((file) => !isOwn(file)) : [path];
  });
  return [...new Set(found)].sort();
}

/** Whether a path lies in a folder; both as they are named, links not followed. */
export const isBelow = (path: string, folder: string): boolean => resolve(path).startsWith(`${folder}${sep}`);

/** Links are followed, but no folder is entered twice; a link to nothing is a file that the ingest will name. */
function filesBelow(folder: string, entered: Set<string> = new Set()): readonly string[] {
  const place = realpathSync(folder);
  if (entered.has(place)) return [];
  entered.add(place);
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory()) return filesBelow(path, entered);
      return stat === undefined || stat.isFile() ? [path] : [];
    });
}

/**
 * Name under which a file's lines are remembered: a second run over it, from whatever folder, must find the same.
 * A name that is not CloudFront's may be anything ("access.log"), so its content makes the difference.
 */
export async function objectName(path: string, read: () => AsyncIterable<Uint8Array>): Promise<string> {
  const name = basename(path);
  if (CLOUDFRONT_NAME.test(name)) return name;
  const content = createHash('sha256');
  for await (const chunk of read()) content.update(chunk);
  return `${name}@${content.digest('hex').slice(0, 12)}`;
}
