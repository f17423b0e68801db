import { describe, expect, test } from 'vitest';
import { Random } from '../../../bench/random.ts';
import { marksAt, spansOfField, TEXT } from '../../../core/kernel/kernel.ts';
import { FOUND_SPANS, HEADS, PairFinder, TAILS } from '../../../core/kernel/pair-finder.ts';

const HEAD_NAMES = ['v', 'campaign'];
const NAMES = [...HEAD_NAMES, 'visitor', 'n'];
const FINDER = new PairFinder(HEAD_NAMES, NAMES.slice(HEAD_NAMES.length));
const MARKS = marksAt(2);

/** Places texts one behind the other, one a line. */
function place(texts: readonly string[]): Int32Array {
  const spans = spansOfField(0);
  MARKS.fill(0);
  let used = 0;
  texts.forEach((text, line) => {
    const end = used + TEXT.write(text, used);
    spans.set([used, end], line * 2);
    used = end;
  });
  TEXT.write('&n=behind', used);
  return spans;
}

const textAt = (spans: Int32Array | undefined, line: number): string =>
  TEXT.toString('utf8', spans?.[line * 2], spans?.[line * 2 + 1]);
const foundIn = (line: number): readonly string[] => NAMES.map((_, name) => textAt(FOUND_SPANS[name], line));

/** The first value that is not empty, by name. */
const plainly = (text: string): readonly string[] =>
  NAMES.map((name) => {
    const values = text.split('&').filter((pair) => pair.startsWith(`${name}=`));
    return values.map((pair) => pair.slice(name.length + 1)).find((value) => value !== '') ?? '';
  });

describe('the values of names are found', () => {
  test.each([
    { name: 'in any order', text: 'n=1&v=2&visitor=3&campaign=4', found: ['2', '4', '3', '1'] },
    { name: 'the first of several', text: 'v=1&v=2', found: ['1', '', '', ''] },
    { name: 'the first that is not empty', text: 'v=&v=2', found: ['2', '', '', ''] },
    {
      name: 'names that begin alike, or have no value',
      text: 'vis=1&v&visitor&xv=3&=4',
      found: ['', '', '', ''],
    },
    { name: 'a value with an equals sign', text: 'v=a=b', found: ['a=b', '', '', ''] },
    { name: 'among empty pairs', text: '&&v=1&&', found: ['1', '', '', ''] },
    { name: 'a name that the text breaks off', text: 'x=1&visito', found: ['', '', '', ''] },
    { name: 'a long value', text: `n=${'y'.repeat(300)}&v=1`, found: ['1', '', '', 'y'.repeat(300)] },
    { name: 'in nothing', text: '', found: ['', '', '', ''] },
  ])('$name', ({ text, found }) => {
    const seen = FINDER.find(place([text]), MARKS, 0, 1);
    expect(foundIn(0)).toEqual(found);
    expect(NAMES.map((_, name) => (seen >> name) & 1)).toEqual(found.map((value) => (value === '' ? 0 : 1)));
  });
});

describe('a text is split into head and tail', () => {
  test.each([
    { texts: ['v=1&campaign=a&visitor=3'], heads: ['v=1&campaign=a'], tails: ['visitor=3'] },
    { texts: ['v=1'], heads: ['v=1'], tails: [''] },
    { texts: ['other=1&v=1'], heads: [''], tails: ['other=1&v=1'] },
    { texts: [''], heads: [''], tails: [''] },
    { texts: ['v=1&n=1', 'v=22&n=2'], heads: ['v=1', 'v=22'], tails: ['n=1', 'n=2'] },
  ])('$texts', ({ texts, heads, tails }) => {
    FINDER.split(place(texts), MARKS, texts.length);
    expect(texts.map((_, line) => textAt(HEADS, line))).toEqual(heads);
    expect(texts.map((_, line) => textAt(TAILS, line))).toEqual(tails);
  });
});

test('marked lines are left as they were', () => {
  FINDER.find(place(['v=1', 'v=2']), MARKS, 0, 2);
  const spans = place(['v=3', 'v=4']);
  MARKS[0] = 1;
  const before = FOUND_SPANS[0]?.slice(0, 2);
  FINDER.find(spans, MARKS, 0, 2);
  expect(FOUND_SPANS[0]?.slice(0, 2)).toEqual(before);
  expect(textAt(FOUND_SPANS[0], 1)).toBe('4');
});

test('random texts give what splitting gives, whole as in head and tail', () => {
  const random = new Random(5);
  const pair = (): string =>
    `${random.pick([...NAMES, 'x', ''])}${random.pick(['=', ''])}${random.text(random.below(20), 'ab=')}`;
  for (let round = 0; round < 300; round++) {
    const texts = Array.from({ length: 20 }, () => Array.from({ length: random.below(7) }, pair).join('&'));
    const spans = place(texts);
    FINDER.find(spans, MARKS, 0, texts.length);
    expect(texts.map((_, line) => foundIn(line))).toEqual(texts.map(plainly));
    FINDER.split(spans, MARKS, texts.length);
    const joined = texts.map((_, line) => [textAt(HEADS, line), textAt(TAILS, line)]);
    expect(joined.map(([head, tail]) => plainly(`${head}&${tail}`))).toEqual(texts.map(plainly));
  }
});
