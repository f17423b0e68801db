import * as z from 'zod';
import { CONFIDENCES, KINDS, type Kind, type LoadClass } from '../verdict.ts';

/** Which kinds a class may have; `invalid` is decided by the ingest, `unknown` is what no rule knows. */
const KINDS_OF = {
  likely_human: ['mail_client', 'browser', 'app'],
  proxied: ['at_display', 'regardless'],
  prefetch: ['mailbox', 'browser'],
  automated: ['scanner', 'preview', 'crawler', 'client', 'monitor'],
} as const satisfies Partial<Record<LoadClass, readonly Kind[]>>;

/** How `values` are compared; any one of them suffices. */
const OPERATORS = [
  /** The whole user agent, character by character. */
  'ua-exact',
  /** The value anywhere in the user agent, not in the middle of a word; upper and lower case differ. */
  'ua-token',
  /** A regular expression over the user agent. */
  'ua-regex',
  /** What the package isbot calls a bot; takes no values. */
  'isbot',
  /** The HTTP method. */
  'method',
  /** A header seen at the edge: prefetch. */
  'signal',
  /** An entry or a role of rules/networks.json. */
  'network',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** Where a statement comes from: the operator of the service, a sending platform, a corpus, code, our own counting. */
const EVIDENCE = ['vendor', 'esp', 'corpus', 'code', 'measured', 'unverified'] as const;

const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write kebab-case, such as gmail-image-proxy');
export const dated = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write the day as yyyy-MM-dd');
export const sourced = z.url({ protocol: /^https$/, error: 'name a public page, https://...' });

/** A request in short: a plain string is its user agent, the rest is a GET from an unknown network. */
const example = z.union([
  z.string(),
  z.strictObject({
    userAgent: z.string().nullable(),
    asn: z.int().optional(),
    method: z.string().optional(),
    signals: z.string().optional(),
  }),
]);
export type Example = z.infer<typeof example>;

const ruleForm = z.strictObject({
  id: kebab,
  class: z.enum(['likely_human', 'proxied', 'prefetch', 'automated']),
  kind: z.enum(KINDS),
  /** Who sends it; left out, the matched token or the owner of the matched network gives the name. */
  agent: z.string().min(1).optional(),
  operator: z.enum(OPERATORS),
  values: z.array(z.string().min(1)).default([]),
  /** Names of senders by value, where the token itself would be a poor name. */
  names: z.record(z.string(), z.string().min(1)).default({}),
  /** Networks (entries or roles) outside of which the rule says nothing. */
  within: z.array(kebab).min(1).optional(),
  /** Networks known to send this: there one step surer, elsewhere one step less and `network-mismatch`. */
  requires: z.array(kebab).min(1).optional(),
  /** Texts in a user agent that keep the rule from matching. */
  excepts: z.array(z.string().min(1)).default([]),
  /** How sure when nothing is known of the network. */
  confidence: z.enum(CONFIDENCES),
  source: sourced,
  evidence: z.enum(EVIDENCE),
  /** Day on which the source was last read. */
  date: dated,
  examples: z.array(example).min(1, 'give a request that this rule decides'),
  counterexamples: z.array(example).min(1, 'give a request, close by, that it must leave alone'),
  note: z.string().optional(),
});
export type Rule = z.infer<typeof ruleForm>;

const ruleSchema = ruleForm.check(({ value: rule, issues }) => {
  for (const message of brokenRules(rule)) issues.push({ code: 'custom', message, input: rule.id });
});

function brokenRules(rule: Rule): string[] {
  const problems: string[] = [];
  const kinds: readonly string[] = KINDS_OF[rule.class];
  if (!kinds.includes(rule.kind)) problems.push(`class ${rule.class} takes the kinds ${kinds.join(', ')}`);
  if ((rule.values.length === 0) !== (rule.operator === 'isbot'))
    problems.push(`check values of ${rule.operator}`);
  const strangers = Object.keys(rule.names).filter((name) => !rule.values.includes(name));
  if (strangers.length > 0) problems.push(`names speaks of ${strangers.join(', ')}, which values lacks`);
  if (rule.evidence === 'unverified' && rule.confidence !== 'low')
    problems.push('unverified rules have confidence low');
  if (rule.operator === 'ua-regex') problems.push(...rule.values.flatMap(brokenPattern));
  return problems;
}

function brokenPattern(pattern: string): string[] {
  try {
    new RegExp(pattern);
    return [];
  } catch (error) {
    return [`write a regular expression: ${(error as Error).message}`];
  }
}

/**
 * Checks rules of one file; throws one Error that names the rule, what is wrong and where.
 */
export function parseRules(input: unknown, name: string): readonly Rule[] {
  const result = z.array(ruleSchema).safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const [position, ...path] = issue.path;
    const id = (input as { id?: string }[])[Number(position)]?.id ?? `rule ${String(position)}`;
    return `  ${[id, ...path].join('.')}: ${issue.message}`;
  });
  throw new Error([`${name} breaks the form of a rule (rules/README.md):`, ...problems].join('\n'));
}
