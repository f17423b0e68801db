import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Paths below /a/ that the assets folder offers; other paths could carry identity and count as `other`. */
export function listAssets(folder: string | undefined): readonly string[] {
  if (folder === undefined) return [];
  if (!existsSync(folder))
    throw new Error(`assets names the folder ${folder}, which does not exist: make it, or leave assets out`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}
