import { EXIT, type Terminal, UsageError } from '../core/terminal.ts';

export { EXIT, type Terminal, UsageError };

/** Runs a check of what the user gave: its failure is the user's to mend, not a fault of the program. */
export function blameInput<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
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
