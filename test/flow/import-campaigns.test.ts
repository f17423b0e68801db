import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const NAMES = 1_001;
const folder = mkdtempSync(join(tmpdir(), 'clearpixel-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const config = ['--config', 'test/flow/all-kept.config.ts'];
function clearpixel(...args: string[]): string {
  const home = ['--home', join(folder, 'home')];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['bin/clearpixel.ts', ...config, ...args, ...home],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

const CAMPAIGNS = `select mode, registered, count(*) as loads, count(distinct campaign) as campaigns
  from events where class <> 'dropped' group by all order by loads`;

test('an import shows a thousand campaigns by name, and a second one gives the same tables', () => {
  const names = Array.from({ length: NAMES }, (_, number) => `campaign-${number}`);
  const lines = [...names, ...names].map((name) => `2026-11-16\t08:00:00\tGET\t/p.gif\tutm_campaign=${name}`);
  const header = '#Fields: date time cs-method cs-uri-stem cs-uri-query';
  writeFileSync(join(folder, 'a.log'), [header, ...lines, ''].join('\n'));

  clearpixel('ingest', join(folder, 'a.log'), '--import', '--json');
  const tables = () =>
    ['events', 'daily'].map((name) => clearpixel('query', `select * from ${name} order by all`, '--json'));
  const first = tables();
  const rows = clearpixel('query', CAMPAIGNS, '--json')
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row));
  expect(rows).toEqual([
    { mode: null, registered: false, loads: 2, campaigns: 1 },
    { mode: 'imported', registered: true, loads: 2_000, campaigns: 1_000 },
  ]);

  clearpixel('ingest', join(folder, 'a.log'), '--import', '--json');
  expect(tables()).toEqual(first);
});
