import { describe, expect, test } from 'vitest';
import { MailMerge, type MailMergeOptions } from '../../../core/links/mail-merge.ts';
import { copyLinks } from '../../../core/links/pixel-link.ts';

const LINK = copyLinks('https://px.example.com', {
  campaign: 'spring-sale',
  medium: 'email',
  source: '',
  content: '',
  copyTag: '',
});

/** Counted bytes instead of random ones: no two calls give the same. */
function mailMerge(options: Partial<MailMergeOptions> = {}): MailMerge {
  let count = 0;
  const random = (bytes: number): Buffer => {
    count += 1;
    return Buffer.alloc(bytes, count);
  };
  return new MailMerge({ column: 'email', consentColumn: null, link: LINK, random, ...options });
}

function mergeAll(merge: MailMerge, [header = [], ...rows]: readonly (readonly string[])[]) {
  return { header: merge.header(header), rows: rows.map((row) => merge.row(row)) };
}

describe('rows with an address', () => {
  test('keep their cells, and each has a nonce of its own', () => {
    const { header, rows } = mergeAll(mailMerge(), [
      ['name', 'email'],
      ['Ann, A.', 'ann@example.com'],
      ['Bob', 'bob@example.com'],
    ]);
    expect(header).toEqual(['name', 'email', 'pixel_url', 'pixel_nonce']);
    const [ann, bob] = rows.map(({ cells }) => cells);
    expect(ann?.slice(0, 2)).toEqual(['Ann, A.', 'ann@example.com']);
    expect(ann?.[2]).toMatch(/\?utm_campaign=spring-sale&utm_medium=email&n=[\w-]{16}$/);
    expect(bob?.[2]).not.toBe(ann?.[2]);
    expect(rows.map(({ token }) => token)).toEqual([null, null]);
  });

  test('name no recipient, whatever their cells hold', () => {
    const { rows } = mergeAll(mailMerge({ consentColumn: 'ok' }), [
      ['email', 'ok'],
      ['ann@example.com', '1'],
    ]);
    const url = rows[0]?.cells.at(-1) ?? '';
    expect(url).not.toMatch(/ann|@|%40/);
    // Not derived from the address either: the same row with other bytes gets another token.
    expect(rows[0]?.token?.[0]).not.toBe(
      mergeAll(mailMerge({ consentColumn: 'ok', random: (bytes) => Buffer.alloc(bytes, 99) }), [
        ['email', 'ok'],
        ['ann@example.com', '1'],
      ]).rows[0]?.token?.[0],
    );
  });

  test('carry a token for those who consented, and for nobody else', () => {
    const { rows } = mergeAll(mailMerge({ consentColumn: 'ok' }), [
      ['email', 'ok'],
      ['ann@example.com', 'yes'],
      ['bob@example.com', 'no'],
      ['cy@example.com', ''],
      ['di@example.com', '1'],
    ]);
    expect(rows.map(({ token }) => token?.[1] ?? null)).toEqual([
      'ann@example.com',
      null,
      null,
      'di@example.com',
    ]);
    expect(rows.map(({ cells }) => /&consent=1&rid=[\w-]{20}$/.test(cells.at(-2) ?? ''))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('may hold phone numbers and negative numbers', () => {
    expect(() =>
      mergeAll(mailMerge(), [
        ['email', 'phone', 'balance'],
        ['ann@example.com', '+49 (30) 123-45', '-12,50'],
      ]),
    ).not.toThrow();
  });
});

describe('a file is refused', () => {
  test.each([
    { name: 'without the column', rows: [['mail']], says: 'no column "email" among mail' },
    { name: 'with a column twice', rows: [['email', 'x', 'x']], says: 'column "x" is there twice' },
    { name: 'with a column without a name', rows: [['email', ' ']], says: 'has no name' },
    { name: 'that has links already', rows: [['email', 'pixel_url']], says: 'pixel_url is there already' },
    { name: 'with a short row', rows: [['email', 'x'], ['a@b.c']], says: '2 columns, got 1 cells' },
    { name: 'with a row of nobody', rows: [['email'], [' ']], says: 'email is empty' },
    { name: 'with a recipient twice', rows: [['email'], ['a@b.c'], ['A@B.c ']], says: 'of an earlier row' },
    { name: 'in another encoding', rows: [['email'], ['M\uFFFDller@b.c']], says: 'not UTF-8' },
    {
      name: 'with a formula',
      rows: [
        ['email', 'x'],
        ['a@b.c', '=1+1'],
      ],
      says: 'cell 2 begins like a formula',
    },
    {
      name: 'with a hidden formula',
      rows: [
        ['email', 'x'],
        ['a@b.c', '+cmd|x'],
      ],
      says: 'like a formula',
    },
    { name: 'with a formula as column', rows: [['email', '@SUM']], says: 'like a formula' },
  ])('$name', ({ rows, says }) => {
    expect(() => mergeAll(mailMerge(), rows)).toThrow(says);
  });

  test('whose consent is neither yes nor no', () => {
    const rows = [
      ['email', 'ok'],
      ['a@b.c', 'maybe'],
    ];
    expect(() => mergeAll(mailMerge({ consentColumn: 'ok' }), rows)).toThrow('says neither 1 nor 0');
  });

  test('that does not say who consented', () => {
    expect(() => mergeAll(mailMerge({ consentColumn: 'ok' }), [['email']])).toThrow(
      'who consented, row by row',
    );
  });
});
