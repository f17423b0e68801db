import { hash } from 'node:crypto';

const shortHash = (data: string | Uint8Array): string => hash('sha256', data, 'hex').slice(0, 16);

/** The first part of a fresh file's name: the hash of the name of its log object. */
export const freshHash = (object: string): string => shortHash(object);

/** The name of a fresh file: the same rows of the same object have the same one, so that writing them again adds nothing. */
export const freshName = (object: string, bytes: Uint8Array): string =>
  `${freshHash(object)}-${shortHash(bytes)}.parquet`;

/** The first part of a fresh file's name or path. */
export const freshHashIn = (path: string): string => path.split('/').at(-1)?.split('-')[0] ?? '';
