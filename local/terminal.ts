import { createInterface } from 'node:readline/promises';
import { blameInput, EXIT, type Terminal, UsageError } from '../core/terminal.ts';

export { blameInput, EXIT, type Terminal, UsageError };

/** A line of progress is wiped before anything else is written, so that it never mixes with a result. */
export function openTerminal(
  json: boolean,
  out: NodeJS.WriteStream,
  err: NodeJS.WriteStream,
  input?: NodeJS.ReadStream,
): Terminal {
  let pending = false;
  const clear = (): void => {
    if (pending) err.write('\r\u001b[K');
    pending = false;
  };
  return {
    ...(input?.isTTY && err.isTTY ? { ask: (question) => ask(question, input, err) } : {}),
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

/** Only a plain yes is one. */
async function ask(question: string, input: NodeJS.ReadStream, output: NodeJS.WriteStream): Promise<boolean> {
  const reader = createInterface({ input, output });
  // Where the input ends, no answer comes.
  const ended = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
  const answer = await Promise.race([reader.question(question), ended]);
  reader.close();
  return /^y(es)?$/i.test(answer.trim());
}
