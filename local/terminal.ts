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
}

/** A line of progress is wiped before anything else is written, so that it never mixes with a result. */
export function openTerminal(json: boolean, out: NodeJS.WriteStream, err: NodeJS.WriteStream): Terminal {
  let pending = false;
  const clear = (): void => {
    if (pending) err.write('\r\u001b[K');
    pending = false;
  };
  return {
    json,
    print: (text) => {
      clear();
      out.write(`${text}\n`);
    },
    warn: (text) => {
      clear();
      err.write(`${text}\n`);
    },
    progress: (text) => {
      if (!err.isTTY) return;
      clear();
      err.write(text.slice(0, (err.columns ?? 80) - 1));
      pending = true;
    },
  };
}
