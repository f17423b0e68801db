import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';

/** 32 random bytes from which the day keys of imports are derived; while it exists, later imports link to earlier ones. */
export function importSecret(home: Home): Uint8Array {
  const file = secretFile(home);
  if (existsSync(file)) return Buffer.from(readFileSync(file, 'utf8'), 'hex');
  mkdirSync(home.root, { recursive: true });
  const secret = randomBytes(32);
  writeFileSync(file, secret.toString('hex'), { mode: 0o600, flag: 'wx' });
  return secret;
}

/** Forgets the secret: hashes of imports made so far cannot be recomputed by anyone. */
export function closeImport(home: Home): void {
  rmSync(secretFile(home), { force: true });
}

const secretFile = (home: Home): string => join(home.root, 'import-secret');
