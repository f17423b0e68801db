import { createClassifier } from '../../core/classify/classify.ts';
import { formatExplanation } from '../../core/classify/explain.ts';
import { EXIT, type Terminal } from '../terminal.ts';

export interface ExplainOptions {
  readonly args: readonly string[];
  readonly asn?: number;
  readonly country?: string;
  readonly method: string;
  readonly referer?: string;
  readonly signals: string;
}

export async function explain(options: ExplainOptions, terminal: Terminal): Promise<number> {
  const explanation = createClassifier().explain({
    userAgent: absentIfDash(options.args[0] ?? ''),
    asn: options.asn ?? null,
    country: options.country ?? null,
    method: options.method.toUpperCase(),
    refererHost: options.referer ?? null,
    signals: options.signals
      .split(/[\s,]+/)
      .filter(Boolean)
      .sort()
      .join(' '),
  });
  terminal.print(terminal.json ? JSON.stringify(explanation) : formatExplanation(explanation));
  return EXIT.done;
}

/** CloudFront logs a missing header as "-". */
const absentIfDash = (text: string): string | null => (text === '' || text === '-' ? null : text);
