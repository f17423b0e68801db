import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { createPixelWorld, type PixelWorld } from './pixel-server.ts';

let world: PixelWorld;
beforeEach(() => {
  world = createPixelWorld();
  // The command line has no other clock.
  world.now = Date.now();
});
afterEach(() => world.close());

const path = (name: string): string => join(world.home.root, name);
const registered = (name = 'campaigns.csv'): string => readFileSync(join(world.home.registry, name), 'utf8');
const given = (text: string | Buffer, name = 'mine.csv'): string => {
  writeFileSync(path(name), text);
  return path(name);
};
/** Every file of the home folder with its content. */
const everything = (): Record<string, string> =>
  Object.fromEntries(
    (readdirSync(world.home.root, { recursive: true }) as string[])
      .filter((name) => statSync(path(name)).isFile())
      .map((name) => [name, readFileSync(path(name), 'latin1')]),
  );

function campaigns(...args: readonly string[]) {
  const command = ['bin/clearpixel.ts', '--home', world.home.root, 'campaigns', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
const records = (out: string): unknown[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('push', () => {
  it('shows what changes, takes the file as it was written, and says when the edge has it', () => {
    const text = 'name,id,audience\n"Spring, again",spring,500\nAutumn,autumn,\n';
    const { code, out, err } = campaigns('push', given(text));
    expect(out.split('\n')).toEqual([
      '+ autumn  -  aggregate  copies day  Autumn',
      '~ spring',
      '    name: - → Spring, again',
      '    audience: - → 500',
      '1 new, 1 changed, 0 removed',
      expect.stringMatching(/^the edge store has it since .*Z: 2 campaigns, 3 entries written, 0 removed$/),
      '',
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(registered()).toBe(text);
  });

  it('serves the tables, too', async () => {
    const command = ['bin/clearpixel.ts', '--home', world.home.root, '--json'];
    const { url, flush } = await world.serve();
    await fetch(`${url}/p.gif?utm_campaign=spring&utm_medium=email`);
    spawnSync(process.execPath, [...command, 'ingest', ...flush()]);
    campaigns('push', given('id,name,recording\nspring,Spring,consented\n'));
    const sql = 'select campaign, name, recording from campaigns';
    const { stdout } = spawnSync(process.execPath, [...command, 'query', sql], { encoding: 'utf8' });
    expect(records(stdout)).toEqual([{ campaign: 'spring', name: 'Spring', recording: 'consented' }]);
  });

  it('tells programs the same', () => {
    const { out } = campaigns('push', given('id,recording\nspring,off\n'), '--json');
    expect(records(out)).toEqual([
      {
        added: [],
        changed: [{ id: 'spring', fields: [{ field: 'recording', before: 'aggregate', after: 'off' }] }],
        removed: [],
        withdrawn: ['spring'],
        refused: [],
      },
      { carried: expect.objectContaining({ campaigns: 1, problem: null }) },
    ]);
  });

  it('changes nothing a second time', () => {
    const file = given('id,recording\nspring,off\n');
    campaigns('push', file);
    expect(campaigns('push', file).out).toMatch(/^no campaign changes\n.* 0 entries written, 0 removed\n$/);
  });

  it('keeps the format of the registry, and takes either where there is none', () => {
    campaigns('push', given('[{"id": "spring", "name": "Spring"}]', 'mine.json'));
    expect(readdirSync(world.home.registry)).toContain('campaigns.csv');
    expect(readdirSync(world.home.registry)).not.toContain('campaigns.json');
    expect(registered()).toContain('\nspring,Spring,');
  });

  it.each([
    { what: 'another meaning of an id', rows: 'id,copies\nspring,campaign', says: '  spring, copies: ' },
    { what: 'a removal', rows: 'id\nother', says: '  spring: its row is missing' },
  ])('refuses what would break history: $what', ({ rows, says }) => {
    const file = given(rows);
    const before = everything();
    const pushed = campaigns('push', file);
    expect(pushed.err).toContain('this would break history, so nothing is changed:');
    expect(pushed.err).toContain(says);
    expect(campaigns('diff', file)).toEqual(pushed);
    expect(pushed.code).toBe(2);
    expect(everything()).toEqual(before);
  });

  it('refuses a home folder with two registries, and one that is broken', () => {
    const file = given('id\nspring\n');
    writeFileSync(join(world.home.registry, 'campaigns.json'), '[]');
    expect(campaigns('push', file)).toMatchObject({ code: 2, err: expect.stringContaining('is one file') });
    writeFileSync(join(world.home.registry, 'campaigns.csv'), 'id\nNo\n');
    expect(campaigns('list')).toMatchObject({ code: 2, err: expect.stringContaining('mend it there') });
  });
});

describe('a hostile file writes nothing, and the error names its line', () => {
  const name = (text: string): string => `id,name\nspring,"${text}"\n`;
  test.each<{ what: string; text: string | Buffer; says: string; file?: string }>([
    { what: 'an open quote', text: 'id,name\nspring,"Spring\n', says: 'line 2: ' },
    { what: 'a formula', text: name('=HYPERLINK(1)'), says: 'row 2, name: it begins like a formula' },
    { what: 'a field of 10 MB', text: name('x'.repeat(10_000_000)), says: 'line 2: max Record Size' },
    { what: 'an id twice', text: 'id\nspring\nspring\n', says: 'row 3, id: an id names one campaign' },
    {
      what: 'Latin-1',
      text: Buffer.from('id,name\nspring,Fr\xfchling\n', 'latin1'),
      says: 'line 2: some characters are not UTF-8',
    },
    {
      what: 'UTF-16',
      text: Buffer.from('\uFEFFid\nspring\n', 'utf16le'),
      says: 'line 1: some characters are not UTF-8',
    },
    { what: 'an escape sequence', text: name('\u001b[2J'), says: 'row 2, name: write at most 200' },
    { what: 'JSON with a hole', text: '[{"id": "spring",}]', says: 'line 1', file: 'mine.json' },
    { what: 'another sort of file', text: 'id\nspring\n', says: '.csv or .json', file: 'mine.xlsx' },
  ])('$what', ({ text, says, file }) => {
    const pushed = given(text, file);
    const before = everything();
    for (const command of ['check', 'push']) {
      const { code, out, err } = campaigns(command, pushed);
      expect(err).toContain(says);
      expect(err.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      expect(err.length).toBeLessThan(1_000);
      expect([code, out]).toEqual([2, '']);
    }
    expect(everything()).toEqual(before);
  });

  test('but a mark of UTF-8 is none', () => {
    expect(campaigns('check', given('\uFEFFid\r\nspring\r\n'))).toMatchObject({ code: 0, err: '' });
  });

  test('nor does a missing file', () => {
    expect(campaigns('push', path('nope.csv'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('nope.csv does not exist'),
    });
  });
});

describe('withdraw', () => {
  it('is seen by the very next request', async () => {
    const { url, flush } = await world.serve();
    const load = (): Promise<Response> => fetch(`${url}/p.gif?utm_campaign=spring&utm_medium=email&n=1`);
    await load();
    const { code, out } = campaigns('withdraw', 'spring');
    await load();
    flush();
    const kept = world
      .logLines()
      .map((line) => new URLSearchParams(decodeURIComponent(line['viewer-request-log-data'] ?? '')))
      .map((record) => [record.get('mode'), record.has('visitor'), record.has('message')]);
    expect(kept).toEqual([
      ['aggregate', true, true],
      ['off', false, false],
    ]);
    expect(out).toContain('    withdrawn: of its loads only campaign and day are kept');
    expect(out).toMatch(/: 1 campaign, 1 entry written, 0 removed\n$/);
    expect(code).toBe(0);
  });

  it('leaves every other row and the order as they were', () => {
    campaigns('push', given('id,name\nb,Before\nspring,Spring\na,After\n'));
    campaigns('withdraw', 'spring', 'b');
    const { out } = campaigns('list', '--json');
    expect(records(out).map((row) => Object.values(row as object).slice(0, 2))).toEqual([
      ['b', 'Before'],
      ['spring', 'Spring'],
      ['a', 'After'],
    ]);
    expect(out.match(/"recording":"\w+"/g)).toEqual([
      '"recording":"off"',
      '"recording":"off"',
      '"recording":"aggregate"',
    ]);
  });

  it('names an id that nobody registered, and withdraws none', () => {
    const before = everything();
    const { code, err } = campaigns('withdraw', 'spring', 'sprign');
    expect(err).toContain('has no campaign sprign');
    expect(code).toBe(2);
    expect(everything()).toEqual(before);
  });
});

describe('list and show', () => {
  it('tell the registry, and print nothing that steers the terminal', () => {
    campaigns('push', given('id,name,medium,recipients\nspring,a\u202eb,email,ann@example.com\n'));
    expect(campaigns('list').out.split('\n')).toEqual([
      'id      medium  recording  copies  sent_from  ends  name',
      'spring  email   aggregate  day     -          -     a\uFFFDb',
      '',
    ]);
    const { out } = campaigns('show', 'spring');
    expect(out).toContain('recipients  ann@example.com\n');
    expect(out).toContain('mails may be out');
    expect(JSON.parse(campaigns('show', 'spring', '--json').out)).toMatchObject({
      id: 'spring',
      name: 'a\u202eb',
    });
  });

  it('tell of a new home folder that it has none, and make nothing in it', () => {
    const home = path('new');
    const { status, stderr } = spawnSync(
      process.execPath,
      ['bin/clearpixel.ts', '--home', home, 'campaigns', 'list'],
      { encoding: 'utf8' },
    );
    expect([status, stderr, existsSync(home)]).toEqual([0, '0 campaigns\n', false]);
  });
});
