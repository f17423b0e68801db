import { createInterface } from 'node:readline';
import { createClassifier } from '../../core/classify/classify.ts';
import { classifyLine } from '../../core/classify/classify-line.ts';
import { EXIT, type Terminal } from '../terminal.ts';

/** One verdict per line of standard input, in the same order; a line that is no request gets `{error}` in its place. */
export async function classify(_options: object, terminal: Terminal): Promise<number> {
  const classifier = createClassifier();
  let number = 0;
  let bad = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    try {
      terminal.print(classifyLine(line, classifier));
    } catch (error) {
      bad += 1;
      const reason = error instanceof Error ? error.message : String(error);
      terminal.print(JSON.stringify({ error: reason }));
      terminal.warn(`line ${number} of standard input: ${reason}`);
    }
  }
  return bad === 0 ? EXIT.done : EXIT.usage;
}
