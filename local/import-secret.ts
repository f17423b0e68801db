import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';

/** 32 random bytes from which the day keys of imports are derived; while it exists, later imports link to earlier ones. */
export function importSecret(home: Home): Uint8Array {
  const file = secretFile(home);
  if (!existsSync(file)) makeSecret(file, home);
  const text = readFileSync(file, 'utf8');
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new Error(
    `${file} holds 64 hexadecimal digits, got ${text.length} bytes: restore it, or remove it for an import of its own`,
  );
}

/** Whole or not at all, and the first of two imports at the same time makes the secret of both. */
function makeSecret(file: string, home: Home): void {
  mkdirSync(home.root, { recursive: true });
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

/** Forgets the secret: hashes of imports made so far cannot be recomputed by anyone. */
export function closeImport(home: Home): void {
  rmSync(secretFile(home), { force: true });
}

const secretFile = (home: Home): string => join(home.root, 'import-secret');
