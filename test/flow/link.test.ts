import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { edgeWith, storeOf } from '../edge/edge-code.ts';
import { requestOf, STORE } from '../edge/edge-world.ts';

let folder: string;
const path = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-link-'));
  mkdirSync(path('home/registry'), { recursive: true });
  const rows = ['spring,email,aggregate', 'docs,document,consented', 'gone,email,off'];
  writeFileSync(path('home/registry/campaigns.csv'), ['id,medium,recording', ...rows, ''].join('\n'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function link(...args: readonly string[]) {
  const command = ['bin/clearpixel.ts', '--home', path('home'), 'link', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
const BASE = ['--base', 'https://px.example.com'];

function mailMerge(csv: string | Buffer, campaign = 'docs') {
  writeFileSync(path('readers.csv'), csv);
  return link(campaign, ...BASE, '--recipients', path('readers.csv'));
}
const rowsOf = (name: string): Record<string, string>[] =>
  parse(readFileSync(path(name), 'utf8'), { columns: true }) as Record<string, string>[];

/** What the edge writes of a load of this address. */
async function recordOf(url: string): Promise<URLSearchParams> {
  const { pathname, search } = new URL(url);
  const { record } = await edgeWith(storeOf(STORE))(requestOf({ uri: pathname, query: search.slice(1) }));
  return new URLSearchParams(record ?? '');
}

describe('a placement', () => {
  test('is told in each form, its medium as registered', () => {
    const { code, out, err } = link('spring', ...BASE, '--source', 'news', '--copies', '{{id}}', '--json');
    expect(JSON.parse(out)).toMatchObject({
      url: 'https://px.example.com/p.gif?utm_campaign=spring&utm_medium=email&utm_source=news&n={{id}}',
      markdown: expect.stringContaining('![](https://px.example.com/p.gif?'),
      html: expect.stringContaining('alt="" referrerpolicy="strict-origin"'),
    });
    expect([code, err]).toEqual([0, '']);
  });

  test('comes with the tag of a mail tool, and what it means for privacy', () => {
    const { code, out, err } = link('spring', ...BASE, '--tool', 'mailchimp', '--form', 'url');
    expect([code, out]).toEqual([
      0,
      'https://px.example.com/p.gif?utm_campaign=spring&utm_medium=email&n=*|NONCE|*\n',
    ]);
    expect(err).toContain('Never take *|EMAIL_UID|*: it stands for a person');
    expect(JSON.parse(link('spring', ...BASE, '--tool', 'ses', '--json').out)).toMatchObject({
      url: expect.stringContaining('&n={{nonce}}'),
      tool: { id: 'ses', standsFor: 'copy', privacy: expect.stringContaining('names nobody') },
    });
  });

  test.each([
    { name: 'unregistered', args: ['other', '--medium', 'email'], says: 'other is not in the registry' },
    { name: 'withdrawn', args: ['gone'], says: 'gone is off' },
    {
      name: 'a mail whose copies look alike',
      args: ['spring'],
      says: 'nothing tells the copies of this mail apart',
    },
  ])('says what will become of its loads: $name', ({ args, says }) => {
    const { code, out, err } = link(...args, ...BASE, '--form', 'url');
    expect(out).toContain('https://px.example.com/p.gif?');
    expect(err).toContain(says);
    expect(code).toBe(0);
  });

  test.each([
    { name: 'no place', args: ['spring'], says: 'add --base' },
    { name: 'a place with a path', args: ['spring', '--base', 'https://x.example/p'], says: 'is an origin' },
    { name: 'an address', args: ['spring', ...BASE, '--content', 'a@b.c'], says: 'e-mail address' },
    { name: 'a name', args: ['spring', ...BASE, '--source', 'Ann Smith'], says: "person's name" },
    { name: 'a form nobody knows', args: ['spring', ...BASE, '--form', 'pdf'], says: 'Allowed choices' },
    { name: 'a tool nobody knows', args: ['spring', ...BASE, '--tool', 'smtp'], says: 'one of mailchimp, ' },
    {
      name: 'two tags',
      args: ['spring', ...BASE, '--tool', 'ses', '--copies', '{{id}}'],
      says: 'leave one out',
    },
    { name: 'no campaign', args: [...BASE], says: 'name a campaign' },
    { name: 'no such file', args: ['spring', ...BASE, '--recipients', 'nope.csv'], says: 'does not exist' },
  ])('is refused in one sentence: $name', ({ args, says }) => {
    const { code, out, err } = link(...args);
    expect(err).toContain(says);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('a mail merge of a consented campaign', () => {
  const READERS = '\uFEFFemail,"full, name",consent\nann@example.com,"Ann ""A""",1\nbob@example.com,Bob,0\n';

  test('gives each copy an address that the edge takes as it is meant', async () => {
    expect(mailMerge(READERS)).toMatchObject({ code: 0, err: '' });
    const [ann, bob] = rowsOf('readers.links.csv');
    expect(ann).toMatchObject({ email: 'ann@example.com', 'full, name': 'Ann "A"', consent: '1' });
    const [token] = rowsOf('readers.links.tokens.csv');
    const [annsLoad, bobsLoad] = await Promise.all([
      recordOf(ann?.['pixel_url'] ?? ''),
      recordOf(bob?.['pixel_url'] ?? ''),
    ]);
    expect(annsLoad.get('rid')).toBe(token?.['token']);
    expect(token?.['recipient']).toBe('ann@example.com');
    expect(bobsLoad.get('rid')).toBeNull();
    expect([annsLoad.get('notes'), bobsLoad.get('notes')]).toEqual([null, null]);
    expect(annsLoad.get('message')).not.toBe(bobsLoad.get('message'));
  });

  test('keeps whose token is whose in a file that only its owner may read', () => {
    mailMerge(READERS);
    expect(statSync(path('readers.links.tokens.csv')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path('readers.links.tokens.csv'), 'utf8')).not.toContain('bob');
  });

  test('overwrites no file that mails may have been sent with', () => {
    mailMerge(READERS);
    const before = readFileSync(path('readers.links.csv'), 'utf8');
    expect(mailMerge(READERS)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
    expect(readFileSync(path('readers.links.csv'), 'utf8')).toBe(before);
  });
});

describe('a file that breaks a rule is refused by its line, and nothing is written', () => {
  const long = `email\n${'x'.repeat(10_000_000)}@example.com\n`;
  test.each<{ name: string; csv: string | Buffer; says: string }>([
    {
      name: 'a formula',
      csv: 'email,x\na@b.c,1\nb@b.c,=1+1\n',
      says: 'line 3: cell 2 begins like a formula',
    },
    { name: 'a quote that is not closed', csv: 'email\n"a@b.c\n', says: 'check its quotes' },
    { name: 'a field of 10 MB', csv: long, says: 'line 2: Max Record Size' },
    {
      name: 'Latin-1',
      csv: Buffer.from('email\nM\xfcller@b.c\n', 'latin1'),
      says: 'line 2: some characters are not UTF-8',
    },
    { name: 'a recipient twice', csv: 'email\na@b.c\n\nA@b.c\n', says: 'line 4: email names a recipient' },
    { name: 'nothing', csv: '', says: 'is empty' },
  ])('$name', ({ csv, says }) => {
    const { code, out, err } = mailMerge(csv, 'spring');
    expect(err).toContain(says);
    expect([code, out]).toEqual([2, '']);
    expect(readdirSync(folder).sort()).toEqual(['home', 'readers.csv']);
  });

  test('a thousand rows come out before the bad one is met', () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => `reader${index}@example.com`);
    expect(mailMerge(['email', ...rows, 'reader7@example.com', ''].join('\n'), 'spring').err).toContain(
      'line 5002: email',
    );
    expect(existsSync(path('readers.links.csv'))).toBe(false);
  });
});
