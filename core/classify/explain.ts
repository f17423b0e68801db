import type { Evidence, LoadClass, Verdict } from '../verdict.ts';
import { type Finding, findEvidence } from './findings.ts';
import { NETWORKS, networkNamed, networksOf } from './networks.ts';
import type { Rule } from './rules.ts';

/** A verdict with its grounds, for people. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly ruleset: string;
  readonly evidence: readonly Finding[];
  /** What would have made it another verdict, each tried out. */
  readonly otherwise: readonly Alternative[];
  readonly unknowable: readonly string[];
}

export interface Alternative {
  readonly change: string;
  readonly verdict: Verdict;
}

/** What an explanation needs of the classifier that judged. */
export interface Judge {
  readonly ruleset: string;
  readonly rules: readonly Rule[];
  readonly classify: (evidence: Evidence) => Verdict;
}

/** Judges, and says why, what else it could have been, and what no log can tell. */
export function explainVerdict(evidence: Evidence, judge: Judge): Explanation {
  const verdict = judge.classify(evidence);
  const rule = judge.rules.find(({ id }) => verdict.reasons.includes(id));
  return {
    verdict,
    ruleset: judge.ruleset,
    evidence: findEvidence(evidence, verdict, rule),
    otherwise: alternatives(evidence, rule).flatMap(({ change, changed }) => {
      const other = judge.classify({ ...evidence, ...changed });
      return sameJudgement(verdict, other) ? [] : [{ change, verdict: other }];
    }),
    unknowable: UNKNOWABLE[verdict.kind === 'regardless' ? 'regardless' : verdict.class],
  };
}

const sameJudgement = (one: Verdict, other: Verdict): boolean =>
  one.class === other.class && one.kind === other.kind && one.confidence === other.confidence;

interface Change {
  readonly change: string;
  readonly changed: Partial<Evidence>;
}

/** Requests that differ in one thing. */
function alternatives(evidence: Evidence, rule: Rule | undefined): readonly Change[] {
  const wanted =
    rule?.requires && !networkNamed(networksOf(evidence.asn), rule.requires) ? rule.requires : [];
  const names = [...wanted, 'datacentre', 'security-vendor'];
  const changes = names.flatMap((name): Change[] => {
    const network = networkNamed(NETWORKS, [name]);
    const asn = network?.asns[0];
    return asn === undefined ? [] : [{ change: `from ${network?.owner} (AS${asn})`, changed: { asn } }];
  });
  if (evidence.asn !== null) changes.push({ change: 'without a network number', changed: { asn: null } });
  if (evidence.method !== 'HEAD') changes.push({ change: 'asked with HEAD', changed: { method: 'HEAD' } });
  if (evidence.userAgent !== null)
    changes.push({ change: 'without a user agent', changed: { userAgent: null } });
  return changes;
}

const UNKNOWABLE: Readonly<Record<LoadClass | 'regardless', readonly string[]>> = {
  likely_human: ['a machine can borrow this user agent', 'a load does not say that anyone looked, or who'],
  proxied: [
    "who displayed it and where: the request is the proxy's",
    'later displays: the proxy shows its copy',
  ],
  regardless: [
    'whether anyone displayed it: the proxy fetches in any case',
    'the device and the place of the person',
  ],
  prefetch: ['whether anyone displayed it afterwards: that would be a load of its own, or none'],
  automated: ['who runs the machine: names can be borrowed', 'whether a person asked for it'],
  unknown: ['what sent it'],
  invalid: ['what it would have been otherwise'],
};

/** The explanation as one tells it to a colleague: about ten lines of plain text. */
export function formatExplanation(explanation: Explanation): string {
  const { verdict, evidence, otherwise, unknowable, ruleset } = explanation;
  return [
    `${describe(verdict)}, confidence ${verdict.confidence}.${besides(verdict)}`,
    'Why:',
    ...evidence.map(findingLine),
    ...(otherwise.length > 0 ? ['What would have changed it:'] : []),
    ...otherwise.map((one) => `  - ${one.change}: ${describe(one.verdict)}, ${one.verdict.confidence}`),
    `What cannot be known: ${unknowable.join('; ')}.`,
    `Ruleset ${ruleset}.`,
  ].join('\n');
}

function describe({ class: loadClass, kind, agent }: Verdict): string {
  const kindText = kind === null ? '' : ` (${kind.replaceAll('_', ' ')})`;
  return `${loadClass.replaceAll('_', ' ')}${kindText}${agent === null ? '' : `, ${agent}`}`;
}

function besides({ flags, device }: Verdict): string {
  const deviceText = device === null ? '' : ` Device: ${device}.`;
  return `${deviceText}${flags.length === 0 ? '' : ` Flags: ${flags.join(', ')}.`}`;
}

function findingLine({ seen, means, rule, source, date }: Finding): string {
  const ground = rule === null ? '' : ` [${rule}, ${source}, ${date}]`;
  return `  - ${seen}: ${means.replace(/\.$/, '')}${ground}`;
}
