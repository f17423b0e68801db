import { describe, expect, test } from 'vitest';
import { Random } from '../../../bench/random.ts';
import { EDGES, MOST_LINES, marksAt, scan, spansOfField, TEXT } from '../../../core/kernel/kernel.ts';

interface Scanned {
  readonly lines: readonly (readonly string[])[];
  readonly short: readonly number[];
  readonly edges: readonly string[];
  readonly bytes: number;
}

/** Scans a text whose columns are the fields 0, 1, 2 ... */
function scanText(text: string, columns: number, most = MOST_LINES, fieldOf?: Int8Array): Scanned {
  const length = TEXT.write(text);
  const { lines, bytes } = scan(length, most, fieldOf ?? Int8Array.from({ length: columns }, (_, at) => at));
  const textAt = (spans: Int32Array, line: number): string =>
    TEXT.toString('utf8', spans[line * 2], spans[line * 2 + 1]);
  const all = Array.from({ length: lines }, (_, line) => line);
  return {
    lines: all.map((line) =>
      Array.from({ length: columns }, (_, field) => textAt(spansOfField(field), line)),
    ),
    short: all.map((line) => marksAt(0)[line] as number),
    edges: all.map((line) => textAt(EDGES, line)),
    bytes,
  };
}

describe('a text becomes lines of columns', () => {
  test.each([
    { name: 'a line', text: 'a\tb\n', lines: [['a', 'b']], short: [0] },
    { name: 'no value', text: '-\t--\n', lines: [['', '--']], short: [0] },
    { name: 'empty columns', text: '\t\n', lines: [['', '']], short: [0] },
    {
      name: 'too few columns',
      text: 'a\nb\tc\n',
      lines: [
        ['a', ''],
        ['b', 'c'],
      ],
      short: [1, 0],
    },
    { name: 'too many columns', text: 'a\tb\tc\td\n', lines: [['a', 'b']], short: [0] },
    {
      name: 'breaks of Windows',
      text: 'a\tb\r\n\r\nc\td\r\n',
      lines: [
        ['a', 'b'],
        ['c', 'd'],
      ],
      short: [0, 0],
    },
    { name: 'a column of a break alone', text: 'a\t\r\n', lines: [['a', '']], short: [0] },
    { name: 'empty lines', text: '\n\na\tb\n\n', lines: [['a', 'b']], short: [0] },
    {
      name: 'other control characters',
      text: 'a\u000b\u0001\tb\rc\n',
      lines: [['a\u000b\u0001', 'b\rc']],
      short: [0],
    },
    { name: 'nothing', text: '', lines: [], short: [] },
  ])('$name', ({ text, lines, short }) =>
    expect(scanText(text, 2)).toMatchObject({ lines, short, bytes: Buffer.byteLength(text) }),
  );
});

describe('a scan ends', () => {
  test.each([
    { name: 'before a comment', text: 'a\n#b\nc\n', most: 9, done: 'a\n' },
    { name: 'before a line that is not whole', text: 'a\nb', most: 9, done: 'a\n' },
    { name: 'with as many lines as were asked for', text: 'a\n\nb\nc\n', most: 2, done: 'a\n\nb\n' },
  ])('$name', ({ text, most, done }) => expect(scanText(text, 1, most).bytes).toBe(done.length));
});

test('columns without a field are passed by', () => {
  const { lines } = scanText('a\tb\tc\n', 2, 1, Int8Array.of(1, -1, 0));
  expect(lines).toEqual([['c', 'a']]);
});

test('random texts fall into the columns that splitting gives', () => {
  const random = new Random(7);
  for (let round = 0; round < 500; round++) {
    const columns = 1 + random.below(6);
    const lines = Array.from({ length: random.below(40) }, () =>
      Array.from({ length: columns }, () => random.text(random.below(40), 'aé\u0000 =&~')),
    ).filter((line) => line.join('\t') !== '');
    const text = lines.map((line) => `${line.join('\t')}\n`).join('');
    const edges = lines.map((line) => line.join('\t'));
    expect(scanText(text, columns), JSON.stringify(text)).toEqual({
      lines,
      edges,
      short: lines.map(() => 0),
      bytes: Buffer.byteLength(text),
    });
  }
});
