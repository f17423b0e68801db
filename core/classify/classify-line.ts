import * as z from 'zod';
import type { Classifier } from './classify.ts';

const absent = (value: string | null | undefined): string | null =>
  value === undefined || value === '' || value === '-' ? null : (value ?? null);

/** Other fields pass: people label their lists. */
const input = z.object({
  ua: z.string().nullable(),
  asn: z.int().nonnegative().nullish(),
  country: z.string().nullish(),
  method: z.string().nullish(),
  referer: z.string().nullish(),
});

/** One JSON object in, its verdict as one line of JSON out. Throws for a line that is no such object, naming what is wrong. */
export function classifyLine(text: string, classifier: Classifier): string {
  const { ua, asn, country, method, referer } = parseInput(text);
  const verdict = classifier.classify({
    userAgent: absent(ua),
    asn: asn ?? null,
    country: absent(country),
    method: absent(method)?.toUpperCase() ?? 'GET',
    refererHost: hostOf(absent(referer)),
    signals: '',
  });
  const { class: loadClass, kind, agent, confidence, reasons } = verdict;
  return JSON.stringify({ class: loadClass, kind, agent, confidence, reasons });
}

function parseInput(text: string): z.infer<typeof input> {
  const result = input.safeParse(parseJson(text), { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message, input: got }) => {
    const value = got === undefined ? '' : `, got ${JSON.stringify(got)}`;
    return `${path.join('.') || 'line'}: ${message}${value}`;
  });
  throw new Error(`${problems.join('; ')}; write {"ua": ..., "asn"?, "country"?, "method"?, "referer"?}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`no JSON: ${(error as Error).message}; write one object per line`);
  }
}

/** A referer may be given whole or as a host. */
function hostOf(referer: string | null): string | null {
  if (referer === null) return null;
  return URL.canParse(referer) ? new URL(referer).host : referer;
}
