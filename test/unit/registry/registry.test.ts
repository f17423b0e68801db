import { describe, expect, it } from 'vitest';
import { formatRegistry, parseRegistry } from '../../../core/registry/registry.ts';

const HEADER = 'id,name,owner,medium,sent_from,sent_until,audience,recording,copies,recipients,ends';
const csv = (...rows: string[]): string => [HEADER, ...rows].join('\n');
const message = (read: () => unknown): string => {
  try {
    read();
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const FULL = {
  id: 'spring-sale',
  name: 'Spring, "sale"',
  owner: 'Ann',
  medium: 'email',
  sent_from: '2026-11-23T08:00:00.000Z',
  sent_until: '2026-11-23T09:00:00.000Z',
  audience: 5_000,
  recording: 'consented',
  copies: 'campaign',
  recipients: ['ann@example.com', 'bob@example.com'],
  ends: '2026-12-10',
} as const;
const EMPTY = {
  id: 'b',
  name: '',
  owner: '',
  medium: null,
  sent_from: null,
  sent_until: null,
  audience: null,
  recording: 'aggregate',
  copies: 'day',
  recipients: [],
  ends: null,
} as const;

describe('a campaigns file', () => {
  it('is read from CSV, other zones and empty fields included', () => {
    const text = csv(
      'spring-sale,"Spring, ""sale""",Ann,email,2026-11-23T08:00Z,2026-11-23T10:00:00+01:00,5000,consented,campaign,ann@example.com bob@example.com,2026-12-10',
      '',
      'b,,,,,,,,,,',
    );
    expect(parseRegistry(text, 'csv', 'campaigns.csv')).toEqual([FULL, EMPTY]);
    expect(parseRegistry(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'csv', 'campaigns.csv')).toEqual([
      FULL,
      EMPTY,
    ]);
  });

  it('may have its columns in any order, and only those it needs', () => {
    expect(parseRegistry('copies,id\noff,b', 'csv', 'campaigns.csv')).toEqual([{ ...EMPTY, copies: 'off' }]);
    expect(parseRegistry('id', 'csv', 'campaigns.csv')).toEqual([]);
  });

  it('is read from JSON', () => {
    const text = JSON.stringify([FULL, { id: 'b', audience: null }]);
    expect(parseRegistry(text, 'json', 'campaigns.json')).toEqual([FULL, EMPTY]);
  });

  it('comes back from its own CSV unchanged', () => {
    const campaigns = [FULL, EMPTY, { ...EMPTY, id: 'c', name: ' spaced ', owner: 'a,b' }];
    const back = parseRegistry(formatRegistry(campaigns), 'csv', 'campaigns.csv');
    expect(back).toEqual([FULL, EMPTY, { ...EMPTY, id: 'c', name: 'spaced', owner: 'a,b' }]);
    expect(formatRegistry(back)).toBe(formatRegistry(back));
  });

  it.each([
    { name: 'an empty file', text: '', says: `row 1: write a header, such as ${HEADER}` },
    { name: 'no id column', text: 'name\nx', says: 'row 1: the column id is missing' },
    {
      name: 'an unknown column',
      text: 'id,colour\na,red',
      says: 'row 1: unknown column "colour": the columns are id, name',
    },
    { name: 'a column twice', text: 'id,id\na,b', says: 'row 1: column id is there twice: keep one' },
    {
      name: 'an id in upper case',
      text: csv('Spring,,,,,,,,,,'),
      says: 'row 2, id: write 1 to 64 of a-z, 0-9, dot, underscore and hyphen',
    },
    {
      name: 'an id like an address',
      text: csv('x-10.0.0.1,,,,,,,,,,'),
      says: 'nothing like an IP address, got "x-10.0.0.1"',
    },
    { name: 'an id of 65 characters', text: csv(`${'a'.repeat(65)},,,,,,,,,,`), says: 'row 2, id: ' },
    {
      name: 'an id twice',
      text: csv('a,,,,,,,,,,', 'b,,,,,,,,,,', 'a,,,,,,,,,,'),
      says: 'row 4, id: an id names one campaign, got "a" again after row 2',
    },
    {
      name: 'a medium of its own',
      text: csv('a,,,sms,,,,,,,'),
      says: 'row 2, medium: write email, page, document or nothing, got "sms"',
    },
    {
      name: 'a recording of its own',
      text: csv('a,,,,,,,all,,,'),
      says: 'row 2, recording: write aggregate, consented, off, test or nothing, got "all"',
    },
    {
      name: 'copies of its own',
      text: csv('a,,,,,,,,week,,'),
      says: 'row 2, copies: write day, campaign, off or nothing, got "week"',
    },
    {
      name: 'an audience of none',
      text: csv('a,,,,,,0,,,,'),
      says: 'row 2, audience: write a whole number above 0, digits only, got "0"',
    },
    { name: 'half a person', text: csv('a,,,,,,1.5,,,,'), says: 'got "1.5"' },
    { name: 'an audience in words', text: csv('a,,,,,,5e3,,,,'), says: 'got "5e3"' },
    {
      name: 'an instant without zone',
      text: csv('a,,,,2026-11-23T08:00,,,,,,'),
      says: 'row 2, sent_from: write an instant with its zone, such as 2026-11-23T08:00:00Z, got "2026-11-23T08:00"',
    },
    { name: 'an instant on no day', text: csv('a,,,,2026-02-30T08:00Z,,,,,,'), says: 'row 2, sent_from: ' },
    {
      name: 'an end on no day',
      text: csv('a,,,,,,,,,,2026-02-30'),
      says: 'row 2, ends: write a day of the calendar as yyyy-MM-dd, got "2026-02-30"',
    },
    {
      name: 'sending that ends before it begins',
      text: csv('a,,,,2026-11-23T08:00Z,2026-11-22T08:00Z,,,,,'),
      says: 'row 2, sent_until: sending ends after it begins',
    },
    {
      name: 'an end before sending',
      text: csv('a,,,,2026-11-23T08:00Z,,,,,,2026-11-20'),
      says: 'row 2, ends: a campaign ends after sending begins',
    },
    {
      name: 'a recipient without @',
      text: csv('a,,,,,,,,,ann,'),
      says: 'row 2, recipients: write e-mail addresses with a space between, got "ann"',
    },
    {
      name: 'a name of two lines',
      text: csv('a,"x\ny",,,,,,,,,'),
      says: 'row 2, name: write at most 200 characters on one line',
    },
    { name: 'too few cells', text: csv('a,b'), says: 'row 2: the header names 11 columns, got 2 cells' },
    { name: 'a quote that stays open', text: csv('a,"b,,,'), says: 'line 2: ' },
    {
      name: 'another encoding',
      text: csv('a,M\uFFFDller,,,,,,,,,'),
      says: 'line 2: some characters are not UTF-8: save the file with that encoding',
    },
    {
      name: 'a formula',
      text: csv('a,"=HYPERLINK(""https://example.com"")",,,,,,,,,'),
      says: 'row 2, name: it begins like a formula, which a spreadsheet would run',
    },
    {
      name: 'a formula for a recipient',
      text: csv('a,,,,,,,,,=1+1@example.com,'),
      says: 'row 2, recipients: ',
    },
    {
      name: 'a field of 10 MB',
      text: csv('b,,,,,,,,,,', `a,${'x'.repeat(10_000_000)},,,,,,,,,`),
      says: 'line 3: max Record Size',
    },
    {
      name: 'an id twice, one of them with spaces',
      text: csv('a,,,,,,,,,,', ' a ,,,,,,,,,,'),
      says: 'row 3, id: an id names one campaign, got "a" again after row 2',
    },
  ])('refuses $name', ({ text, says }) => {
    const said = message(() => parseRegistry(text, 'csv', 'campaigns.csv'));
    expect(said).toContain(says);
    expect(said).toMatch(/^campaigns\.csv breaks (a rule|\d+ rules):\n {2}/);
  });

  it.each([
    { name: 'no JSON', text: '{', says: 'not JSON: ' },
    { name: 'no list', text: '{"id": "a"}', says: 'write a list of campaigns' },
    { name: 'no object', text: '[3]', says: 'row 1: a campaign is an object with an id, got 3' },
    { name: 'an unknown field', text: '[{"id": "a", "x": 1}]', says: 'row 1: unknown column "x"' },
    { name: 'an audience below zero', text: '[{"id": "a", "audience": -1}]', says: 'row 1, audience: ' },
    { name: 'an id that is no text', text: '[{"id": {}}]', says: 'row 1, id: ' },
    {
      name: 'another encoding',
      text: '[\n{"id": "a", "name": "M\uFFFDller"}]',
      says: 'line 2: some characters',
    },
    { name: 'a prototype', text: '[{"__proto__": {"id": "a"}}]', says: 'row 1: unknown column "__proto__"' },
  ])('refuses $name', ({ text, says }) => {
    expect(message(() => parseRegistry(text, 'json', 'campaigns.json'))).toContain(says);
  });

  it('shows of a value only what one line holds, and nothing that steers a terminal', () => {
    const said = message(() =>
      parseRegistry(
        JSON.stringify([{ id: 'x'.repeat(10_000_000) }, { id: 'b', medium: '\u009b2J\u202e' }]),
        'json',
        'my.json',
      ),
    );
    expect(said.length).toBeLessThan(500);
    expect(said).toContain('got "\uFFFD2J\uFFFD"');
    expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('lists every problem at once', () => {
    const said = message(() =>
      parseRegistry(csv('A,,,sms,,,,,,,', 'b,,,,,,-1,,,,', 'b,,,,,,,,,,'), 'csv', 'my.csv'),
    );
    expect(said.split('\n').map((line) => line.split(':')[0])).toEqual([
      'my.csv breaks 4 rules',
      '  row 2, id',
      '  row 2, medium',
      '  row 3, audience',
      '  row 4, id',
    ]);
  });
});
