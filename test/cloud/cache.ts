import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Beside a folder of the cache: what it held when it was made. */
interface Contents {
  readonly files: number;
  readonly bytes: number;
}

/** Folder for downloads, outside of the repository; `CLEARPIXEL_CACHE` names another one. */
export function cacheFolder(): string {
  const home = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return process.env['CLEARPIXEL_CACHE'] || join(home, 'clearpixel');
}

/**
 * A folder that is made once and found again by every later run. One whose files are not as many and as large as when it
 * was made (a half copy, a cleaned disk) is made again.
 * @param name of the thing with its version: another version is another folder
 * @param make fills the folder; it gets another name afterwards, so nothing in it may know its own path
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const root = cacheFolder();
  const folder = join(root, name);
  if (isWhole(folder)) return folder;
  mkdirSync(root, { recursive: true });
  const making = mkdtempSync(join(root, `.making-${name}-`));
  try {
    await make(making);
    writeFileSync(listOf(folder), JSON.stringify(measure(making)));
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

const listOf = (folder: string): string => `${folder}.json`;

function isWhole(folder: string): boolean {
  try {
    const { files, bytes }: Contents = JSON.parse(readFileSync(listOf(folder), 'utf8'));
    const found = measure(folder);
    return found.files === files && found.bytes === bytes;
  } catch {
    return false;
  }
}

function measure(folder: string): Contents {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    // Python writes its compiled modules when it likes.
    (entry) => entry.isFile() && !entry.name.endsWith('.pyc'),
  );
  const sizes = files.map((file) => statSync(join(file.parentPath, file.name)).size);
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
