import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Forgotten, forget, forgetter, type IsForgotten } from '../core/registry/forgotten.ts';
import { writeAtomically } from './atomic-file.ts';
import type { Home } from './home.ts';

/** Keeps a token in mind, as a salted hash, so that a log which is read again does not bring it back. */
export function rememberForgotten(home: Home, token: string): void {
  const known = readForgotten(home) ?? { salt: randomBytes(32).toString('hex'), hashes: [] };
  writeAtomically(fileOf(home), `${JSON.stringify(forget(known, [token]), null, 1)}\n`, 0o600);
}

/** A test of tokens; null where nothing was ever forgotten. */
export function forgottenIn(home: Home): IsForgotten | null {
  const known = readForgotten(home);
  return known === null ? null : forgetter(known);
}

function readForgotten(home: Home): Forgotten | null {
  const path = fileOf(home);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Forgotten) : null;
}

const fileOf = (home: Home): string => join(home.registry, 'forgotten.json');
