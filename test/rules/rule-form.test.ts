import { describe, expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { parseRules } from '../../core/classify/rules.ts';

const rule = {
  id: 'example-proxy',
  class: 'proxied',
  kind: 'at_display',
  agent: 'Example proxy',
  operator: 'ua-token',
  values: ['ExampleProxy/'],
  confidence: 'medium',
  source: 'https://example.org/proxy',
  evidence: 'vendor',
  date: '2026-11-23',
  examples: ['ExampleProxy/1.0'],
  counterexamples: ['Example/1.0'],
};

describe('a rule is refused', () => {
  test.each([
    { name: 'without examples', change: { examples: [] }, says: /example-proxy\.examples: give a request/ },
    {
      name: 'without counterexamples',
      change: { counterexamples: [] },
      says: /example-proxy\.counterexamples/,
    },
    {
      name: 'with a source that is no public page',
      change: { source: 'notes.md' },
      says: /name a public page/,
    },
    { name: 'with plain http', change: { source: 'http://example.org' }, says: /name a public page/ },
    {
      name: 'unverified above low',
      change: { evidence: 'unverified' },
      says: /unverified rules have confidence low/,
    },
    {
      name: 'with a kind of another class',
      change: { kind: 'crawler' },
      says: /class proxied takes the kinds at_display, regardless/,
    },
    { name: 'with an id of another case', change: { id: 'ExampleProxy' }, says: /kebab-case/ },
    {
      name: 'with a pattern that does not compile',
      change: { operator: 'ua-regex', values: ['('] },
      says: /write a regular expression/,
    },
    { name: 'with a field that nobody reads', change: { weight: 3 }, says: /weight/ },
    { name: 'without values where it needs some', change: { values: [] }, says: /values of ua-token/ },
  ])('$name', ({ change, says }) => {
    expect(() => parseRules([{ ...rule, ...change }], 'rules/example.json')).toThrow(says);
  });

  test('with a network that is not known', () => {
    const rules = parseRules([{ ...rule, requires: ['atlantis'] }], 'rules/example.json');
    expect(() => createClassifier(rules)).toThrow(/example-proxy names the network atlantis/);
  });
});

test("a rule of one's own decides, and shows in the reasons", () => {
  const classifier = createClassifier(parseRules([rule], 'rules/example.json'));
  const evidence = {
    userAgent: 'Mozilla/5.0 ExampleProxy/2',
    asn: null,
    country: null,
    method: 'GET',
    refererHost: null,
    signals: '',
  };
  expect(classifier.classify(evidence)).toMatchObject({ agent: 'Example proxy', reasons: ['example-proxy'] });
});
