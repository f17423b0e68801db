/** What every command says to whoever runs it, on a laptop or against a deployed stack. */

/** Exit codes that scripts can rely on; `clearpixel --help` prints them. */
export const EXIT = { done: 0, failed: 1, usage: 2, unreadable: 3 } as const;

/** A wrong flag, folder or value: the message is one readable sentence, without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs a check of what the user gave: its failure is the user's to mend, not a fault of the program. */
export function blameInput<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Where a command's words go: results to standard output, everything else to standard error. */
export interface Terminal {
  /** Whether `--json` was given: then only JSON reaches standard output. */
  readonly json: boolean;
  print(text: string): void;
  warn(text: string): void;
  /** One line that is overwritten; shown only where a person watches. */
  progress(text: string): void;
  /** Whether a person agrees; missing where nobody can be asked. */
  ask?(question: string): Promise<boolean>;
}
