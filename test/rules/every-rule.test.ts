import { describe, expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { NETWORKS, ROLE_FLAGS } from '../../core/classify/networks.ts';
import type { Rule } from '../../core/classify/rules.ts';
import { nameRuleset, RULES } from '../../core/classify/ruleset.ts';
import { evidenceOf, show } from './evidence.ts';

const classifier = createClassifier();
const decides = (rule: Rule, example: Rule['examples'][number]): boolean =>
  classifier.classify(evidenceOf(example)).reasons.includes(rule.id);

/** Examples of this rule on whose verdict these rules and all rules agree. */
const unchangedWith = (rules: readonly Rule[], rule: Rule): boolean => {
  const other = createClassifier(rules);
  return rule.examples.every((example) => {
    const { reasons: _, ...before } = classifier.classify(evidenceOf(example));
    const { reasons: __, ...after } = other.classify(evidenceOf(example));
    return JSON.stringify(before) === JSON.stringify(after);
  });
};

describe.each(RULES.map((rule) => ({ name: rule.id, rule })))('rule $name', ({ rule }) => {
  test('decides its examples', () => {
    const missed = rule.examples.filter((example) => !decides(rule, example)).map(show);
    expect(missed).toEqual([]);
  });

  test('leaves its counterexamples alone', () => {
    const taken = rule.counterexamples.filter((example) => decides(rule, example)).map(show);
    expect(taken).toEqual([]);
  });

  test('changes a verdict', () => {
    expect(
      unchangedWith(
        RULES.filter((other) => other !== rule),
        rule,
      ),
    ).toBe(false);
  });

  test('needs each of its values', () => {
    const idle = rule.values.filter((value) => {
      const without = { ...rule, values: rule.values.filter((other) => other !== value) };
      return unchangedWith(
        RULES.map((other) => (other === rule ? without : other)),
        rule,
      );
    });
    expect(idle).toEqual([]);
  });
});

describe('the rules together', () => {
  test('use no id twice, and none that a network or a reason has', () => {
    const ids = [...RULES, ...NETWORKS]
      .map(({ id }) => id)
      .concat(Object.keys(ROLE_FLAGS), 'network-mismatch', 'unmatched', 'no-user-agent');
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test('use no value twice in the same networks', () => {
    const values = RULES.flatMap(({ operator, values: of, within }) =>
      of.map((value) => `${operator} ${within ?? ''} ${value}`),
    );
    expect(values.filter((value, at) => values.indexOf(value) !== at)).toEqual([]);
  });

  test('give the same network number no contradicting roles', () => {
    const roles = (wanted: readonly string[]): number[] =>
      NETWORKS.filter(({ role }) => wanted.includes(role)).flatMap(({ asns }) => asns);
    const peopleToo = roles(['relay', 'mail-proxy', 'web-gateway', 'shared-cloud']);
    expect(roles(['datacentre', 'security-vendor']).filter((asn) => peopleToo.includes(asn))).toEqual([]);
  });

  test('are named by a date and a hash that follows what decides, not the notes', () => {
    const name = nameRuleset(RULES);
    const noted = RULES.map((rule) => ({ ...rule, note: 'another note' }));
    expect(name).toMatch(/^\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$/);
    expect(nameRuleset(noted)).toBe(name);
    expect(nameRuleset(RULES.slice(1))).not.toBe(name);
  });
});
