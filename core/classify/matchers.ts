import { isbot } from 'isbot';
import type { Evidence } from '../verdict.ts';
import { checkNetworkNames, type Network, networkNamed } from './networks.ts';
import type { Operator, Rule } from './rules.ts';

/** What a rule answers: who sent it, as far as the match tells, or null where it does not match. */
export type Matcher = (
  evidence: Evidence,
  networks: readonly Network[],
) => { readonly agent: string | null } | null;

type Compile = (
  values: readonly string[],
) => (evidence: Evidence, networks: readonly Network[]) => string | null;

/** Each gives the matched value (or '' where it names nothing), null for no match. */
const OPERATIONS: Readonly<Record<Operator, Compile>> = {
  'ua-exact': (values) => (evidence) => values.find((value) => value === evidence.userAgent) ?? null,
  'ua-token':
    (values) =>
    ({ userAgent }) =>
      userAgent === null ? null : (values.find((value) => holdsToken(userAgent, value)) ?? null),
  'ua-regex': (values) => {
    const patterns = values.map((value) => new RegExp(value));
    return ({ userAgent }) => (userAgent !== null && patterns.some((one) => one.test(userAgent)) ? '' : null);
  },
  isbot:
    () =>
    ({ userAgent }) =>
      userAgent !== null && isbot(userAgent) ? '' : null,
  method: (values) => (evidence) => (values.includes(evidence.method) ? '' : null),
  signal: (values) => (evidence) =>
    evidence.signals.split(' ').some((one) => values.includes(one)) ? '' : null,
  network: (values) => (_, networks) => networkNamed(networks, values)?.owner ?? null,
};

/** The parts of the evidence that an operation looks at. */
export const LOOKS_AT: readonly (keyof Evidence)[] = ['userAgent', 'asn', 'method', 'signals'];

/** Turns a rule into the function that asks it. */
export function compileRule(rule: Rule): Matcher {
  const { values, within, excepts, operator } = rule;
  checkNetworkNames([...(within ?? []), ...(rule.requires ?? [])], rule.id);
  if (operator === 'network') checkNetworkNames(values, rule.id);
  const match = OPERATIONS[operator](values);
  return (evidence, networks) => {
    const matched = match(evidence, networks);
    if (matched === null) return null;
    const network = within && networkNamed(networks, within);
    if (within && !network) return null;
    if (excepts.some((text) => evidence.userAgent?.includes(text))) return null;
    return { agent: rule.agent ?? rule.names[matched] ?? (nameOf(matched) || network?.owner || null) };
  };
}

/** A token names its sender: `Thunderbird/` is Thunderbird. */
const nameOf = (value: string): string => value.replace(/^\W+|[^\w)]+$/g, '');

/** `Mail/` is a token of `Mail/3445 CFNetwork`, not of `YahooMail/1`. */
function holdsToken(userAgent: string, token: string): boolean {
  for (let at = userAgent.indexOf(token); at >= 0; at = userAgent.indexOf(token, at + 1)) {
    if (at === 0 || !isWordCharacter(userAgent.charCodeAt(at - 1)) || !isWordCharacter(token.charCodeAt(0)))
      return true;
  }
  return false;
}

const isWordCharacter = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
