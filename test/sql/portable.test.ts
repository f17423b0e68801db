import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillLists } from '../../core/merge/sql-lists.ts';
import { settingsView } from '../../core/schema/settings.ts';
import { wouldWrite } from '../../core/verify/would-write.ts';
import { sqlFiles } from './cases.ts';
import { COUNTS } from './check-case.ts';

/** Same name, same answer in Trino and DuckDB. A function joins this list after a look into both manuals. */
const FUNCTIONS = ['abs', 'cast', 'coalesce', 'count', 'dense_rank', 'max', 'min', 'row_number', 'sum'];
/** Words that may stand before a bracket and are no functions. */
const KEYWORDS =
  'and as filter from in inputs insert join not numbers on or over said timestamp using values when where'.split(
    ' ',
  );

interface Grammar {
  validate(sql: string): readonly { readonly startLine: number; readonly message: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'trino-grammar-'));
let grammar: Grammar;

// The package's files import each other without endings, which Node refuses: bundled, it loads in a moment.
beforeAll(async () => {
  const outfile = join(folder, 'grammar.mjs');
  const contents = "export { TrinoSQL } from 'dt-sql-parser/dist/parser/trino'";
  const stdin = { contents, resolveDir: import.meta.dirname };
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  const module = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as {
    TrinoSQL: new () => Grammar;
  };
  grammar = new module.TrinoSQL();
});
afterAll(() => rmSync(folder, { recursive: true }));

const LISTS = {
  days: ['2026-11-23'],
  files: ['fresh/a.parquet'],
  hours: ["(1, 2, '2026-11-23')"],
  campaigns: ['spring-sale'],
  tokens: ['r7Qz0pXk'],
  ids: ['-5'],
  lives: ['', 'spring-sale'],
  modes: ['', 'aggregate'],
  sealed_day: '2026-11-20',
  aged_day: '2026-10-20',
  life_day: '2026-10-20',
  ruleset: ['2026-11-23-1a2b3c4d'],
  moment: ['1795420800000'],
  inputs: ["(-1, 'nokey relay', 0)"],
  verdicts: ["(0, 'automated', 'crawler', 'it''s', 'low', 'isbot', null, null)"],
};
const STATEMENTS = [
  ...sqlFiles().map(({ folder, name, sql }) => ({ folder, name, sql: fillLists(sql, LISTS) })),
  ...sqlFiles()
    .filter(({ name }) => COUNTS.includes(name))
    .map(({ name, sql }) => ({
      folder: 'merge',
      name: `${name} as verify reads it`,
      sql: fillLists(wouldWrite(sql), LISTS),
    })),
  {
    folder: 'views',
    name: 'settings',
    sql: settingsView([{ from: '2026-01-01', smallNumber: 10, burstMessages: 5 }]),
  },
];
const bare = (sql: string): string => sql.replaceAll(/--.*$/gm, '').replaceAll(/'[^']*'/g, "''");

const MERGE = STATEMENTS.filter(
  ({ folder, name }) => (folder === 'merge' && name !== 'days') || folder === 'verify',
);
const READ = STATEMENTS.filter(({ folder }) => folder !== 'merge');
const ASKED = STATEMENTS.filter(({ folder }) => folder === 'reports' || folder === 'saved');
const SAVED = STATEMENTS.filter(({ folder }) => folder === 'saved');

test.each(STATEMENTS)('$folder/$name is Trino', ({ sql }) => {
  expect(grammar.validate(sql).map(({ startLine, message }) => `line ${startLine}: ${message}`)).toEqual([]);
});

test.each(STATEMENTS)(
  '$folder/$name uses only functions that both engines know by the same name',
  ({ sql }) => {
    const called = [...bare(sql).matchAll(/\b([a-z_]+)\s*\(/g)].map(([, word]) => word ?? '');
    const known = new Set([...FUNCTIONS, ...KEYWORDS, 'daily', 'hourly', 'events', 'requests', 'copies']);
    expect(called.filter((word) => !known.has(word))).toEqual([]);
  },
);

test.each(STATEMENTS)('$folder/$name says where nulls go wherever it sorts', ({ sql }) => {
  const sorted = [
    ...bare(sql)
      .replace(/\nlimit \d+\n$/, '')
      .matchAll(/order by ([^)]*)/g),
  ].flatMap(([, list]) => (list ?? '').split(','));
  expect(sorted.map((item) => item.trim()).filter((item) => !item.endsWith('nulls last'))).toEqual([]);
});

test.each(READ)('$folder/$name casts each column that it gives', ({ sql }) => {
  const text = bare(sql);
  const last = text.slice(Math.max(text.lastIndexOf('\nselect\n'), 0)).split('\nfrom ')[0] ?? '';
  const items = last.split('\n').filter((line) => /^ {2}\S/.test(line));
  expect(items.length).toBeGreaterThan(0);
  expect(items.filter((line) => !/^ {2}cast\(.* as [a-z0-9()]+\) as [a-z_]+,?$/.test(line))).toEqual([]);
});

test.each(MERGE)('$folder/$name is cut to the listed days wherever it reads a table', ({ sql }) => {
  const reads =
    bare(sql).match(/\b(from|join|into|update) (events|daily|hourly|loads|fresh|requests|changes)\b/g) ?? [];
  const cuts = bare(sql).match(/\bdt in \(''\)|(where|on) ([a-z]\.)?dt between '' and ''/g) ?? [];
  expect(cuts).toHaveLength(reads.length);
});

test.each(ASKED)('$folder/$name takes the period as its two parameters', ({ sql }) => {
  expect(sql.match(/\?/g)).toEqual(['?', '?']);
  expect(sql).toContain('where dt between ? and ?');
});

test.each(SAVED)('$folder/$name says its grain and its question first', ({ sql }) => {
  expect(sql.split('\n')[0]).toMatch(/^-- One row per [^:]+: (how|on which|which|who) .+\.$/);
});

test.each([
  'select a::int from t',
  'select * exclude (a) from t',
  'select a from t group by all',
  'select a from t qualify row_number() over (order by a) = 1',
  'from t',
  'select a // 2 from t',
])('the grammar refuses what only DuckDB knows: %s', (sql) => {
  expect(grammar.validate(sql)).not.toEqual([]);
});
