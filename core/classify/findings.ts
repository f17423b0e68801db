import { isbotMatch } from 'isbot';
import type { Evidence, Verdict } from '../verdict.ts';
import { type Network, networkNamed, networksOf, ROLE_FLAGS, type Role } from './networks.ts';
import type { Rule } from './rules.ts';

/** One piece of evidence: what was seen, what it means, and who says so. */
export interface Finding {
  readonly seen: string;
  readonly means: string;
  /** Id of the rule or network; null where something tells nothing. */
  readonly rule: string | null;
  readonly source: string | null;
  /** Day on which the source was last read. */
  readonly date: string | null;
}

const ROLE_MEANING: Readonly<Record<Role, string>> = {
  relay: 'a privacy relay, shared by many people',
  'mail-proxy': 'a mail provider, which fetches for many people',
  'web-gateway': 'a secure web gateway, behind which people work',
  'security-vendor': 'a vendor of mail security',
  datacentre: 'a datacentre, where machines are rented',
  'shared-cloud': 'a cloud that holds machines and hosted desktops with people',
  operator: 'an operator of services',
};

/** Evidence in the order in which it was weighed: the deciding rule, the network, opt-outs. */
export function findEvidence(
  evidence: Evidence,
  verdict: Verdict,
  rule: Rule | undefined,
): readonly Finding[] {
  return [
    decidingFinding(evidence, verdict, rule),
    ...networkFindings(evidence, rule),
    ...optOutFindings(evidence),
  ];
}

function decidingFinding(evidence: Evidence, verdict: Verdict, rule: Rule | undefined): Finding {
  if (!rule) return silent(userAgentText(evidence), 'no rule knows what sends this');
  const means = rule.note ?? `the mark of ${verdict.agent ?? 'nobody in particular'}`;
  return { seen: matchText(evidence, rule), means, rule: rule.id, source: rule.source, date: rule.date };
}

function matchText(evidence: Evidence, rule: Rule): string {
  const value = rule.values.find((text) => evidence.userAgent?.includes(text)) ?? rule.values[0] ?? '';
  switch (rule.operator) {
    case 'ua-exact':
      return `the user agent is exactly "${value}"`;
    case 'ua-token':
      return `the user agent holds "${value}"`;
    case 'ua-regex':
      return 'the user agent has this form';
    case 'isbot':
      return `isbot knows "${isbotMatch(evidence.userAgent) ?? ''}" as a robot's word`;
    case 'method':
      return `the method is ${evidence.method}`;
    case 'signal':
      return `a header says ${value}`;
    case 'network':
      return `the network is AS${evidence.asn}`;
  }
}

const userAgentText = ({ userAgent }: Evidence): string =>
  userAgent === null ? 'there is no user agent' : `the user agent is "${userAgent}"`;

function networkFindings({ asn }: Evidence, rule: Rule | undefined): readonly Finding[] {
  if (asn === null) return [silent('the network is not known', 'neither surer nor less sure')];
  const networks = networksOf(asn);
  const fitting = rule?.requires && networkNamed(networks, rule.requires);
  if (rule?.requires && !fitting) {
    return [
      silent(`the network is AS${asn}`, 'not one from which this agent is known to come: one step less sure'),
    ];
  }
  if (networks.length === 0) return [silent(`the network is AS${asn}`, 'nothing special is known of it')];
  return networks.map((network) => networkFinding(asn, network, network === fitting, rule));
}

function networkFinding(asn: number, network: Network, fits: boolean, rule: Rule | undefined): Finding {
  const lowers = rule?.class === 'likely_human' && ROLE_FLAGS[network.role] !== null;
  const effect = fits ? ': fits, one step surer' : lowers ? ': one step less sure' : '';
  return {
    seen: `the network is AS${asn}, ${network.owner}`,
    means: `${ROLE_MEANING[network.role]}${effect}`,
    rule: network.id,
    source: network.source,
    date: network.date,
  };
}

function optOutFindings({ signals }: Evidence): readonly Finding[] {
  const optOuts = signals.split(' ').filter((signal) => signal === 'gpc' || signal === 'dnt');
  return optOuts.map((signal) =>
    silent(`a header says ${signal}`, 'an opt-out: the row keeps no hash and is never a display'),
  );
}

const silent = (seen: string, means: string): Finding => ({
  seen,
  means,
  rule: null,
  source: null,
  date: null,
});
