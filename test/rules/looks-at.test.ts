import { expect, test } from 'vitest';
import { compileRule, LOOKS_AT } from '../../core/classify/matchers.ts';
import { networksOf } from '../../core/classify/networks.ts';
import { RULES } from '../../core/classify/ruleset.ts';
import type { Evidence } from '../../core/verdict.ts';

const EVIDENCE: Evidence = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
  asn: 15_169,
  country: 'DE',
  method: 'GET',
  refererHost: 'mail.example.com',
  signals: 'prefetch',
};

/** Parts of the evidence that are read while all rules of an operator are asked. */
function readBy(operator: string): readonly string[] {
  const read = new Set<string>();
  const watched = new Proxy(EVIDENCE, {
    get: (evidence, part) => {
      read.add(String(part));
      return evidence[part as keyof Evidence];
    },
  });
  for (const rule of RULES.filter((one) => one.operator === operator)) {
    compileRule(rule)(watched, networksOf(EVIDENCE.asn));
  }
  return [...read];
}

const OPERATORS = [...new Set(RULES.map(({ operator }) => operator))];

test.each(OPERATORS)('%s reads only what verdicts are remembered by', (operator) => {
  expect(LOOKS_AT).toEqual(expect.arrayContaining([...readBy(operator)]));
});
