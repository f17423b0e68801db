import type { Example } from '../../core/classify/rules.ts';
import type { Evidence } from '../../core/verdict.ts';

/** The request that an example of a rule stands for. */
export function evidenceOf(example: Example): Evidence {
  const given: Exclude<Example, string> = typeof example === 'string' ? { userAgent: example } : example;
  return {
    userAgent: given.userAgent,
    asn: given.asn ?? null,
    country: null,
    method: given.method ?? 'GET',
    refererHost: null,
    signals: given.signals ?? '',
  };
}

export const show = (example: Example): string =>
  typeof example === 'string' ? example : JSON.stringify(example);
