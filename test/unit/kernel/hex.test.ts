import { expect, test } from 'vitest';
import { lanesAt, marksAt, readHexAll, spansOfField, TEXT } from '../../../core/kernel/kernel.ts';

test.each([
  { raw: '0123456789abcdef', value: 0x0123_4567_89ab_cdefn },
  { raw: 'FFFFFFFFFFFFFFFF', value: -1n },
  { raw: '0000000000000000', value: 0n },
  { raw: '0123456789abcde', value: null },
  { raw: '0123456789abcdef0', value: null },
  { raw: '0123456789abcdeg', value: null },
  { raw: '/123456789abcdef', value: null },
  { raw: ':123456789abcdef', value: null },
  { raw: '@123456789abcdef', value: null },
  { raw: '0123456789abcde\x00', value: null },
  { raw: '', value: null },
])('$raw is read as $value', ({ raw, value }) => {
  const [spans, lanes, present] = [spansOfField(0), lanesAt(1), marksAt(3).fill(0)];
  spans.set([1, 1 + TEXT.write(raw, 1)]);
  readHexAll(spans, lanes, present, marksAt(2).fill(0), 1);
  const read = present[0] === 1 ? new BigInt64Array(lanes.buffer, lanes.byteOffset, 1)[0] : null;
  expect(read).toBe(value);
});
