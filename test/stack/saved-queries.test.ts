import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { COUNTED } from '../../lib/counted.ts';
import { resourcesOf, templateOf } from './synth.ts';

const FOLDER = resolve(import.meta.dirname, '../../sql/saved');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.sql'));

const queries = Object.fromEntries(
  resourcesOf(templateOf(), 'AWS::Athena::NamedQuery').map(([, query]) => [String(query['Name']), query]),
);

it('are the files of sql/saved', () => {
  expect(Object.keys(queries).map((name) => `${name}.sql`)).toEqual(FILES.sort());
});

it.each(FILES)('%s is offered to analysts as it is written, with its question', (file) => {
  const sql = readFileSync(join(FOLDER, file), 'utf8');
  expect(queries[file.replace('.sql', '')]).toEqual({
    Name: file.replace('.sql', ''),
    Description: sql.split('\n')[0]?.replace('-- ', ''),
    Database: 'clearpixel',
    QueryString: sql,
    WorkGroup: 'clearpixel_analysts',
  });
});

it.each(FILES)('%s reads only what analysts may read', (file) => {
  const sql = readFileSync(join(FOLDER, file), 'utf8').replaceAll(/--.*$/gm, '');
  const made = [...sql.matchAll(/(?:with|\),)\s+(\w+) as \(/g)].map(([, name]) => name);
  const read = [...sql.matchAll(/\b(?:from|join) (\w+)/g)].map(([, name]) => name ?? '');
  expect(read).not.toEqual([]);
  expect(read.filter((name) => !made.includes(name) && !COUNTED.includes(name))).toEqual([]);
});

it('that list holds no row of a single load', () => {
  expect(COUNTED.filter((name) => ['events', 'fresh', 'loads'].includes(name))).toEqual([]);
});
