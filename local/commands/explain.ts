import { createClassifier } from '../../core/classify/classify.ts';
import { formatExplanation } from '../../core/classify/explain.ts';
import { EXIT, type Terminal, UsageError } from '../terminal.ts';

export interface ExplainOptions {
  readonly args: readonly string[];
  readonly asn?: number;
  readonly country?: string;
  readonly method: string;
  readonly referer?: string;
  readonly signals: string;
}

/** Says which label a request gets and why, as JSON or as a few lines. */
export async function explain(options: ExplainOptions, terminal: Terminal): Promise<number> {
  const explanation = createClassifier().explain({
    userAgent: absentIfDash(options.args[0] ?? ''),
    asn: options.asn ?? null,
    country: options.country ?? null,
    method: options.method.toUpperCase(),
    refererHost: options.referer ?? null,
    signals: readSignals(options.signals),
  });
  terminal.print(terminal.json ? JSON.stringify(explanation) : formatExplanation(explanation));
  return EXIT.done;
}

const SIGNALS: readonly string[] = ['dnt', 'gpc', 'prefetch'];

function readSignals(text: string): string {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const stranger = words.find((word) => !SIGNALS.includes(word));
  if (stranger !== undefined)
    throw new UsageError(`--signals takes ${SIGNALS.join(', ')}, got "${stranger}": leave it out`);
  return [...new Set(words)].sort().join(' ');
}

/** CloudFront logs a missing header as "-". */
const absentIfDash = (text: string): string | null => (text === '' || text === '-' ? null : text);
