import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import type { Row } from '../../core/warehouse.ts';
import { openWarehouse } from '../../local/duckdb.ts';
import { edgeCode } from '../../local/edge-code.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { ingestFiles } from '../../local/ingest-files.ts';
import { mergeFresh } from '../../local/merge.ts';
import { readZones } from '../../local/registry-files.ts';
import { createRandom } from '../../local/simulate/random.ts';
import { checkScenario } from '../../local/simulate/scenario.ts';
import { simulate } from '../../local/simulate/simulate.ts';
import { withWarehouse } from '../../local/with-warehouse.ts';

const scenario = checkScenario(
  { ...JSON.parse(readFileSync('local/simulate/default-scenario.json', 'utf8')), scale: 0.1 },
  'test',
);
const NOW = Date.parse('2026-11-23T08:00:00Z');

let folder: string;
let home: Home;
let lines: number;
let files: readonly string[];
let tables: Tables;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-same-'));
  home = homeAt(join(folder, 'once'));
  ({ lines } = await simulate({ home, scenario, seed: 7, now: NOW, edgeCode: edgeCode() }));
  files = readdirSync(home.logs).map((name) => join(home.logs, name));
  tables = await ingestInto(home, files);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every line of a simulation is in a row, and in a count', () => {
  expect(total(tables.events)).toBe(lines);
  expect(total(tables.daily)).toBe(lines);
});

test('a second run over the same files changes nothing', async () => {
  expect(await ingestInto(home, files)).toEqual(tables);
});

test('shuffled lines, shuffled files and every file twice give the same tables', async () => {
  const random = createRandom(11, 'shuffle');
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, order: random.next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
  const copies = ['a', 'b'].flatMap((place) =>
    files.map((path) => copyShuffled(path, join(folder, place), shuffled)),
  );
  expect(await ingestInto(homeAt(join(folder, 'twice')), shuffled(copies))).toEqual(tables);
});

interface Tables {
  readonly events: readonly Row[];
  readonly daily: readonly Row[];
}

async function ingestInto(target: Home, paths: readonly string[]): Promise<Tables> {
  const settings = { classifier: createClassifier(), zones: readZones(home, 'UTC'), assets: [] };
  for await (const result of ingestFiles(paths, target, settings))
    expect(result).not.toHaveProperty('problem');
  return withWarehouse(
    () => openWarehouse(target),
    async (warehouse) => {
      await mergeFresh(warehouse, target);
      const all = (table: string): Promise<readonly Row[]> =>
        warehouse.query(`select * from ${table} order by all`);
      return { events: await all('events'), daily: await all('daily') };
    },
  );
}

function copyShuffled(path: string, place: string, shuffled: (lines: readonly string[]) => string[]): string {
  const text = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n');
  const heading = text.filter((line) => line.startsWith('#'));
  const rest = text.filter((line) => !line.startsWith('#'));
  mkdirSync(place, { recursive: true });
  const copy = join(place, path.slice(path.lastIndexOf('/') + 1));
  writeFileSync(copy, gzipSync(`${[...heading, ...shuffled(rest)].join('\n')}\n`));
  return copy;
}

const total = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + Number(row['lines']), 0);
