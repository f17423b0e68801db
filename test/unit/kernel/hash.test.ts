import { expect, test } from 'vitest';
import { Random } from '../../../bench/random.ts';
import { hashText } from '../../../core/hash.ts';
import { hashAll, lanesAt, spansOfField, TEXT } from '../../../core/kernel/kernel.ts';

test('a field of all lines is hashed as each value alone is', () => {
  const random = new Random(11);
  const texts = Array.from({ length: 300 }, (_, length) => random.text(length, 'aé0&=%\u{1f600}'));
  const spans = spansOfField(0);
  let used = 0;
  texts.forEach((text, line) => {
    const end = used + TEXT.write(text, used);
    spans.set([used, end], line * 2);
    used = end;
  });
  TEXT.write('what stands behind', used);
  const expected = new Int32Array(texts.length * 2);
  texts.forEach((text, line) => {
    hashText(text, expected, line * 2);
  });
  hashAll(spans, lanesAt(0), texts.length);
  expect(lanesAt(0).subarray(0, expected.length)).toEqual(expected);
});
