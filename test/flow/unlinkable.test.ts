import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Row } from '../../core/warehouse.ts';
import { hash } from '../edge/edge-world.ts';
import { CAMPAIGNS, livePerson, MODES, type OnePerson, PERSON, tokenOf } from './one-person.ts';

let person: OnePerson;
let rows: readonly Row[];
beforeAll(async () => {
  person = await livePerson();
  rows = person.rows;
});
afterAll(() => rmSync(person.root, { recursive: true }));

/** Every hash that can be computed from what is known of the person, as rows hold it. */
function guesses(keys: Iterable<string>): ReadonlySet<string> {
  const texts = CAMPAIGNS.flatMap((campaign) => [
    ...PERSON.prefixes.flatMap((prefix) => [
      `v|${campaign}|${prefix}|${PERSON.agent}`,
      `n|${campaign}|${prefix}`,
    ]),
    ...PERSON.nonces.map((nonce) => `m|${campaign}|${nonce}`),
  ]);
  return new Set([...keys].flatMap((key) => texts.map((text) => BigInt(`0x${hash(key, text)}`).toString())));
}

const HASHES = ['visitor', 'network', 'message'];
const found = (known: ReadonlySet<string>): number =>
  rows.flatMap((row) => HASHES.map((name) => row[name])).filter((value) => known.has(String(value))).length;

/** Columns whose every value is of one load, or says nothing of who loaded. */
const COMMON = new Set(
  'dt lines medium mode registered asset class kind agent confidence reasons flags country asn device user_agent method referer_host edge_location status cache_result signals input_id ruleset parser log_object source content'.split(
    ' ',
  ),
);

/** Values of a column that stand in rows of more than one group. */
function shared(column: string, group: (row: Row) => string): readonly string[] {
  const groups = new Map<string, Set<string>>();
  for (const row of rows) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    groups.set(String(value), (groups.get(String(value)) ?? new Set()).add(group(row)));
  }
  return [...groups].filter(([, all]) => all.size > 1).map(([value]) => value);
}

describe('once the keys are gone', () => {
  test('the person is in every campaign, and its keys were once there: the rest of this can fail', () => {
    expect(rows).toHaveLength(2 * CAMPAIGNS.length * PERSON.addresses.length * PERSON.nonces.length);
    expect(person.spied.size).toBeGreaterThan(4);
    expect(found(guesses(person.spied))).toBe(
      rows.filter((row) => row['campaign'] !== 'withdrawn').length * HASHES.length,
    );
  });

  test('no key that is left finds the person in any row', () => {
    expect(person.left).not.toEqual([]);
    expect(person.left.filter((key) => person.spied.has(key))).toEqual([]);
    expect(found(guesses(person.left))).toBe(0);
  });

  test('nothing at rest holds an address, a nonce or a key, and a token stands with consent only', () => {
    const texts = readdirSync(person.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const bytes = readFileSync(join(entry.parentPath, entry.name));
        return [
          entry.name,
          (entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'),
        ] as const;
      });
    const culprits = (words: readonly string[]): readonly string[] =>
      texts.flatMap(([name, text]) =>
        words.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`),
      );
    const { addresses, prefixes, nonces } = PERSON;
    const never = [
      ...addresses,
      ...prefixes,
      '203.0.113.',
      '2001:db8',
      ...nonces.map((nonce) => `n=${nonce}`),
    ];
    expect(culprits([...never, ...person.spied])).toEqual([]);
    const unagreed = CAMPAIGNS.filter((campaign) => !campaign.startsWith('consented'));
    expect(culprits(unagreed.map(tokenOf))).toEqual([]);
  });

  test('no key or token links a campaign to another', () => {
    const columns = Object.keys(rows[0] ?? {}).filter((name) => !COMMON.has(name) && name !== 'campaign');
    expect(columns).toEqual(expect.arrayContaining(['load_id', 'recipient', ...HASHES]));
    const links = columns.map((name) => [name, shared(name, (row) => String(row['campaign']))]);
    expect(links.filter(([name, values]) => name !== 'loaded_ms' && values?.length !== 0)).toEqual([]);
  });

  test('no hash links a day to the next, but for copies over a campaign’s life', () => {
    const campaignAndDay = (row: Row): string => `${row['campaign']} ${row['dt']}`;
    expect(shared('visitor', campaignAndDay)).toEqual([]);
    expect(shared('network', campaignAndDay)).toEqual([]);
    const lasting = new Set(shared('message', campaignAndDay));
    const whose = new Set(
      rows.filter((row) => lasting.has(String(row['message']))).map((row) => row['campaign']),
    );
    expect(whose).toEqual(new Set(MODES.map((mode) => `${mode}-campaign`)));
  });

  test('a copy over a campaign’s life is one, though it was loaded on two days and from two addresses', () => {
    const counted = ['aggregate', 'consented'].map((mode) => `${mode}-campaign`);
    expect(person.copies).toEqual([
      ...counted.map((campaign) => ({ campaign, tier: 'at_least', messages: PERSON.nonces.length })),
      { campaign: 'test-campaign', tier: 'neither', messages: PERSON.nonces.length },
    ]);
  });

  test('a withdrawn campaign keeps what its day needs and nothing of anybody', () => {
    const kept = new Set(
      rows
        .filter((row) => row['campaign'] === 'withdrawn')
        .flatMap((row) => Object.keys(row).filter((name) => row[name] !== null)),
    );
    expect([...kept].sort()).toEqual(
      [
        'campaign',
        'class',
        'dt',
        'lines',
        'load_id',
        'loaded_ms',
        'log_object',
        'mode',
        'parser',
        'ruleset',
      ].sort(),
    );
  });
});
