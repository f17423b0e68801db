import { expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { evidenceOf } from './evidence.ts';

const classifier = createClassifier();
const LENGTH = 20_000;

/** Texts made to let patterns try again and again. */
const HOSTILE = [
  'Mozilla/5.0 (x) AppleWebKit/1 Version/1 ',
  ') AppleWebKit/ Version/1 ',
  'Mozilla/5.0 (',
  ' ',
  'a',
  '(KHTML, like Gecko) ',
  '; bot',
  'mail',
  'Gecko/1 ',
  '\u{1F600}',
];

test.each(HOSTILE.map((part) => ({ name: JSON.stringify(part), part })))(
  '$name, repeated, costs less than 50 ms',
  ({ part }) => {
    const userAgents = [
      part.repeat(LENGTH / part.length),
      `Mozilla/5.0 (${part.repeat(LENGTH / part.length)}`,
    ];
    const start = performance.now();
    for (const userAgent of userAgents) classifier.classify(evidenceOf(userAgent));
    expect(performance.now() - start).toBeLessThan(50);
  },
);

test('agents come from the rules and networks, never from the request', () => {
  const { agent } = classifier.classify(evidenceOf('=HYPERLINK("x") <script>bot</script> SpiderOfMine/1.0'));
  expect(agent).toBe('other declared robot');
});
