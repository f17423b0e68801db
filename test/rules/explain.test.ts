import { describe, expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { classifyLine } from '../../core/classify/classify-line.ts';
import { formatExplanation } from '../../core/classify/explain.ts';
import { RULES } from '../../core/classify/ruleset.ts';
import { evidenceOf } from './evidence.ts';

const classifier = createClassifier();
const explain = (example: Parameters<typeof evidenceOf>[0]) => classifier.explain(evidenceOf(example));

describe('an explanation', () => {
  test('gives the verdict of classify, with the deciding rule and its source first', () => {
    const culprits = RULES.filter((rule) => {
      const [example] = rule.examples;
      if (example === undefined) return true;
      const { verdict, evidence, unknowable } = explain(example);
      const same = JSON.stringify(verdict) === JSON.stringify(classifier.classify(evidenceOf(example)));
      return (
        !same ||
        evidence[0]?.rule !== rule.id ||
        evidence[0].source !== rule.source ||
        unknowable.length === 0
      );
    });
    expect(culprits.map(({ id }) => id)).toEqual([]);
  });

  test('tries out what would have changed it', () => {
    const changes = explain('Mozilla/5.0').otherwise.map(
      ({ change, verdict }) => `${change}: ${verdict.class} ${verdict.confidence}`,
    );
    expect(changes).toContain('from Apple relay (AS36183): proxied high');
    expect(changes).toContain('from AWS (AS16509): proxied low');
    expect(changes).toContain('without a user agent: unknown low');
  });

  test('reads as plain text of about ten lines', () => {
    const text = formatExplanation(explain({ userAgent: 'Mozilla/5.0', asn: 36183 }));
    const lines = text.split('\n');
    expect(lines[0]).toBe(
      'proxied (regardless), Apple Mail Privacy Protection, confidence high. Flags: relay.',
    );
    expect(text).toContain('[apple-mail-privacy, https://');
    expect(text).toContain('What cannot be known: whether anyone displayed it');
    expect(lines.length).toBeLessThanOrEqual(14);
    expect(lines.at(-1)).toBe(`Ruleset ${classifier.ruleset}.`);
  });

  test('says so when nothing is known, and what an opt-out does', () => {
    const text = formatExplanation(explain({ userAgent: null, signals: 'gpc' }));
    expect(text).toMatch(/^unknown, confidence low/);
    expect(text).toContain('an opt-out');
  });
});

describe('a line of JSON', () => {
  test.each([
    {
      name: 'a user agent',
      line: '{"ua":"curl/8.5.0"}',
      out: {
        class: 'automated',
        kind: 'client',
        agent: 'curl',
        confidence: 'medium',
        reasons: ['command-line-clients'],
      },
    },
    {
      name: 'with a network',
      line: '{"ua":"Mozilla/5.0","asn":20940}',
      out: {
        class: 'proxied',
        kind: 'regardless',
        agent: 'Apple Mail Privacy Protection',
        confidence: 'high',
        reasons: ['apple-mail-privacy', 'apple-relay'],
      },
    },
    {
      name: 'a dash is no user agent',
      line: '{"ua":"-"}',
      out: { class: 'unknown', kind: null, agent: null, confidence: 'low', reasons: ['no-user-agent'] },
    },
    {
      name: 'a method in lower case',
      line: '{"ua":null,"method":"head","label":"x"}',
      out: {
        class: 'automated',
        kind: 'client',
        agent: 'request without an image',
        confidence: 'medium',
        reasons: ['head-request'],
      },
    },
  ])('$name', ({ line, out }) => {
    expect(JSON.parse(classifyLine(line, classifier))).toEqual(out);
  });

  test.each([
    { name: 'no JSON', line: 'curl/8.5.0', says: /no JSON/ },
    { name: 'no object', line: '"curl"', says: /expected object/ },
    { name: 'no user agent', line: '{"user_agent":"curl"}', says: /ua: / },
    { name: 'a network in words', line: '{"ua":"curl","asn":"AS15169"}', says: /asn: .*got "AS15169"/ },
  ])('is refused: $name', ({ line, says }) => {
    expect(() => classifyLine(line, classifier)).toThrow(says);
  });
});
