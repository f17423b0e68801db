import { describe, expect, it } from 'vitest';
import { RECORD_KEYS, RECORD_MAX_BYTES, RECORD_NOTES, RECORD_VERSION } from '../../core/edge-record.ts';
import type { EdgeStore } from '../../local/edge-runtime.ts';
import { EDGE_CASES } from './edge-cases.ts';
import { EDGE_CODE, edgeWith, storeOf } from './edge-code.ts';
import { NOW, requestOf, STORE } from './edge-world.ts';

describe('the record of a request', () => {
  it.each(EDGE_CASES)('$name', async ({ expected, store, ...request }) => {
    const { record, uri } = await edgeWith(storeOf(store ?? STORE))(requestOf(request));
    expect(record).toBe(expected === null ? null : `v=1&${expected}`);
    expect(uri).toBe(request.uri ?? '/p.gif');
  });

  it('has no keys and notes but those of the contract', () => {
    const pairs = EDGE_CASES.flatMap(({ expected }) => (expected === null ? [] : expected.split('&')));
    const keys = new Set(pairs.map((pair) => pair.split('=')[0]));
    const notes = new Set(
      pairs.filter((pair) => pair.startsWith('notes=')).flatMap((pair) => pair.slice(6).split('.')),
    );
    expect([...keys].filter((key) => !Object.values<string>(RECORD_KEYS).includes(key ?? ''))).toEqual([]);
    expect([...notes].filter((note) => !RECORD_NOTES.some((known) => known === note))).toEqual([]);
    expect(Object.values<string>(RECORD_KEYS).filter((key) => key !== 'v' && !keys.has(key))).toEqual([]);
    expect(RECORD_NOTES.filter((note) => !notes.has(note))).toEqual([]);
    expect(RECORD_VERSION).toBe('1');
  });
});

/** CloudFront's URL-encoding may or may not touch & and =; the bound holds if it makes three bytes of each. */
const encodedBytes = (record: string): number => encodeURIComponent(record).length;

describe('the length of a record', () => {
  const name = `a${'b'.repeat(63)}`;
  const query = `utm_campaign=${name}&utm_medium=document&utm_source=${name}&utm_content=${name}&rid=${'R'.repeat(64)}&consent=1&n=1`;
  const referer = `https://${'sub-domain.'.repeat(22)}example.com/`;
  const entry = JSON.stringify({ mode: 'consented', copies: 'day' });

  it('stays below the limit with maximal values, the referer cut at a label', async () => {
    const edge = edgeWith(storeOf({ ...STORE, [`c.${name}`]: entry }));
    const { record } = await edge(requestOf({ query, headers: { referer, 'x-moz': 'prefetch' } }));
    const host = /&referer=([^&]*)/.exec(record ?? '')?.[1] ?? '';
    expect(encodedBytes(record ?? '')).toBeLessThanOrEqual(RECORD_MAX_BYTES);
    expect(record).toContain(`rid=${'R'.repeat(64)}`);
    expect(host).toMatch(/^(sub-domain\.)+example\.com$/);
    expect(host.length).toBeGreaterThan(150);
  });

  it('drops a host that has no label short enough', async () => {
    const edge = edgeWith(storeOf({ ...STORE, [`c.${name}`]: entry }));
    const { record } = await edge(requestOf({ query, headers: { referer: `https://${'h'.repeat(253)}/` } }));
    expect(encodedBytes(record ?? '')).toBeLessThanOrEqual(RECORD_MAX_BYTES);
  });
});

describe('whatever fails, the image is served', () => {
  const failing = (broken: (key: string) => boolean): EdgeStore => ({
    get: (key) => {
      if (broken(key)) throw new Error('no answer');
      return STORE[key];
    },
  });
  const request = requestOf({ query: 'utm_campaign=docs&n=1&rid=tok&consent=1' });

  it.each([
    {
      name: 'the store',
      store: failing(() => true),
      expected: 'campaign=docs&consent=1&notes=nokey.nostore',
    },
    {
      name: 'the read of the days',
      store: failing((key) => key === 'k'),
      expected: 'campaign=docs&mode=consented&consent=1&rid=tok&notes=nokey',
    },
    // CloudFront does not say why a read failed: with the days read, a missing name is by far the likelier reason.
    {
      name: 'the read of the campaign',
      store: failing((key) => key !== 'k'),
      expected: 'day=2026-11-23&campaign=docs&consent=1',
    },
  ])('$name', async ({ store, expected }) => {
    expect(await edgeWith(store)(request)).toEqual({ record: `v=1&${expected}`, uri: '/p.gif' });
  });

  it.each([
    {
      name: 'the association with a store',
      code: EDGE_CODE.replace('cf.kvs()', 'null.kvs()'),
      record: 'v=1&campaign=docs&consent=1&notes=nokey.nostore',
    },
    {
      name: 'the hashing',
      code: EDGE_CODE.replace('"sha256"', '"none"'),
      record: 'v=1&day=2026-11-23&campaign=docs&mode=consented&consent=1&rid=tok&notes=error',
    },
    {
      name: 'the clock',
      code: EDGE_CODE.replace('Date.now()', 'null.now()'),
      record: 'v=1&campaign=docs&notes=error',
    },
    { name: 'the log', code: EDGE_CODE.replace('cf.logCustomData(', 'null.log('), record: null },
  ])('$name', async ({ code, record }) => {
    expect(code).not.toBe(EDGE_CODE);
    expect(await edgeWith(undefined, code)(request)).toEqual({ record, uri: '/p.gif' });
  });

  it('reads the store twice at most', async () => {
    const reads: string[] = [];
    const edge = edgeWith({
      get: (key) => {
        reads.push(key);
        return STORE[key];
      },
    });
    await edge(request);
    await edge(requestOf({ query: '' }));
    await edge(requestOf({ uri: '/robots.txt' }));
    expect(reads).toEqual(['k', 'c.docs', 'k']);
  });

  it('reads each day at its own milliseconds', async () => {
    const at = async (ms: number) =>
      (
        await (
          await import('../../local/edge-runtime.ts')
        ).createEdge(
          EDGE_CODE,
          storeOf(STORE),
          () => ms,
        )(request)
      ).record;
    expect(await at(NOW + 14 * 3_600_000 - 1)).toContain('day=2026-11-23');
    expect(await at(NOW + 14 * 3_600_000)).toContain('day=2026-11-24');
  });
});
