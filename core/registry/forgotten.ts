import { hash } from 'node:crypto';

/** What is kept of forgotten tokens: enough to know one that comes again, nothing to read one from. */
export interface Forgotten {
  /** Random text that stands before each token when it is hashed. */
  readonly salt: string;
  /** SHA-256 of salt and token, in hexadecimal, sorted. */
  readonly hashes: readonly string[];
}

export type IsForgotten = (token: string) => boolean;

/** Opaque tokens, as the edge keeps them. */
const TOKEN = /^[A-Za-z0-9_-]{1,64}$/;

/** Throws a sentence for what cannot be a token. */
export function checkToken(token: string): void {
  if (!TOKEN.test(token))
    throw new Error(
      `a token is 1 to 64 of A-Z, a-z, 0-9, _ and -, got ${JSON.stringify(token)}: look it up in the map beside the mail merge`,
    );
}

/** The same with more tokens; each is there once. */
export function forget({ salt, hashes }: Forgotten, tokens: readonly string[]): Forgotten {
  const added = tokens.map((token) => hashOf(salt, token));
  return { salt, hashes: [...new Set([...hashes, ...added])].sort() };
}

/** A test of tokens; null where nothing was ever forgotten, so that nobody need ask. */
export function forgetter({ salt, hashes }: Forgotten): IsForgotten | null {
  if (hashes.length === 0) return null;
  const known = new Set(hashes);
  return (token) => known.has(hashOf(salt, token));
}

const hashOf = (salt: string, token: string): string => hash('sha256', `${salt} ${token}`, 'hex');
