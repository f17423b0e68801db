import { CONFIDENCES, type Confidence, type Evidence, type Verdict } from '../verdict.ts';
import { deviceOf } from './device.ts';
import { type Explanation, explainVerdict } from './explain.ts';
import { compileRule, LOOKS_AT, type Matcher } from './matchers.ts';
import { type Network, networkNamed, networksOf, ROLE_FLAGS } from './networks.ts';
import type { Rule } from './rules.ts';
import { nameRuleset, RULES } from './ruleset.ts';

/** Stage A: what one request says about who sent it. Pure; callers memoise by the evidence. */
export interface Classifier {
  /** Date and hash of all that decides; stored with each row. */
  readonly ruleset: string;
  /** What of the evidence can change a verdict, so that callers memoise by these parts; all where it is missing. */
  readonly looksAt?: readonly (keyof Evidence)[];
  classify(evidence: Evidence): Verdict;
  explain(evidence: Evidence): Explanation;
}

/** A reason that is no rule: the network is not one from which this agent is known to come. */
const NETWORK_MISMATCH = 'network-mismatch';
/** Reasons that are no rules: no rule matched, with and without a user agent. */
const UNMATCHED = 'unmatched';
const NO_USER_AGENT = 'no-user-agent';

/** Characters of a user agent that are judged: patterns backtrack, and senders choose the length. */
const JUDGED_LENGTH = 1024;

interface Compiled {
  readonly rule: Rule;
  readonly match: Matcher;
}

/** A classifier over these rules, asked in their order; all of rules/ by default. */
export function createClassifier(rules: readonly Rule[] = RULES): Classifier {
  const compiled = rules.map((rule) => ({ rule, match: compileRule(rule) }));
  const classify = (evidence: Evidence): Verdict => decide(compiled, shorten(evidence));
  const ruleset = nameRuleset(rules);
  return {
    ruleset,
    looksAt: LOOKS_AT,
    classify,
    explain: (evidence) => explainVerdict(evidence, { ruleset, rules, classify }),
  };
}

function shorten(evidence: Evidence): Evidence {
  const { userAgent } = evidence;
  if (userAgent === null || userAgent.length <= JUDGED_LENGTH) return evidence;
  return { ...evidence, userAgent: userAgent.slice(0, JUDGED_LENGTH) };
}

function decide(compiled: readonly Compiled[], evidence: Evidence): Verdict {
  const networks = networksOf(evidence.asn);
  const flags = flagsOf(evidence, networks);
  for (const { rule, match } of compiled) {
    const matched = match(evidence, networks);
    if (matched) return verdictOf(rule, matched.agent, evidence, networks, flags);
  }
  const reason = evidence.userAgent === null ? NO_USER_AGENT : UNMATCHED;
  const unknown = { class: 'unknown', kind: null, agent: null, confidence: 'low' } as const;
  return { ...unknown, reasons: [reason], flags, device: deviceOf(evidence.userAgent) };
}

function verdictOf(
  rule: Rule,
  agent: string | null,
  evidence: Evidence,
  networks: readonly Network[],
  flags: readonly string[],
): Verdict {
  const { reasons, steps } = weighNetwork(rule, evidence.asn, networks);
  return {
    class: rule.class,
    kind: rule.kind,
    agent,
    confidence: shift(rule.confidence, steps),
    reasons: [rule.id, ...reasons].sort(),
    flags,
    // Behind a proxy the user agent is the proxy's; a machine has no device worth counting.
    device: rule.class === 'likely_human' ? deviceOf(evidence.userAgent) : null,
  };
}

/** An absent network number says nothing; a known one makes the rule surer, or less sure. */
function weighNetwork(
  rule: Rule,
  asn: number | null,
  networks: readonly Network[],
): { readonly reasons: readonly string[]; readonly steps: number } {
  if (rule.requires && asn !== null) {
    const fitting = networkNamed(networks, rule.requires);
    return fitting ? { reasons: [fitting.id], steps: 1 } : { reasons: [NETWORK_MISMATCH], steps: -1 };
  }
  const shared =
    rule.class === 'likely_human' ? networks.filter(({ role }) => ROLE_FLAGS[role] !== null) : [];
  return { reasons: shared.map(({ id }) => id), steps: shared.length > 0 ? -1 : 0 };
}

function shift(confidence: Confidence, steps: number): Confidence {
  const step = Math.min(Math.max(CONFIDENCES.indexOf(confidence) + steps, 0), CONFIDENCES.length - 1);
  return CONFIDENCES[step] ?? confidence;
}

/** Results beside the class: what the network is, how it was asked, which headers were seen. */
function flagsOf(evidence: Evidence, networks: readonly Network[]): readonly string[] {
  const flags = new Set(evidence.signals === '' ? [] : evidence.signals.split(' '));
  if (evidence.method === 'HEAD') flags.add('head');
  for (const { role } of networks) {
    const flag = ROLE_FLAGS[role];
    if (flag) flags.add(flag);
  }
  return [...flags].sort();
}
