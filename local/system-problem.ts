import { UsageError } from './terminal.ts';

/** What the system said no to, and what to do; another code is no fault of a folder. */
const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read or written by you: change its permissions, or name another place',
  EPERM: 'may not be read or written by you: change its permissions, or name another place',
  EROFS: 'is on a disk that cannot be written: name another place',
  ENOENT: 'does not exist: name one that does, or make its folder',
  ENOTDIR: 'leads through a file where a folder is needed: name another place',
  EISDIR: 'is a folder where a file is needed: name a file',
};

/** A failed call to the system in a sentence, as the user's to mend; any other error as it was. */
export function blameFolder(error: unknown): unknown {
  const source = error instanceof UsageError ? error.cause : error;
  const { code = '', path } = (source ?? {}) as NodeJS.ErrnoException;
  const problem = PROBLEMS[code];
  if (problem === undefined || path === undefined) return error;
  return new UsageError(`${path} ${problem} (${code})`, { cause: error });
}
