import { describe, expect, it } from 'vitest';
import { RECORD_KEYS, RECORD_MAX_BYTES, RECORD_NOTES, RECORD_VERSION } from '../../core/edge-record.ts';
import type { EdgeRequest, EdgeStore } from '../../local/edge-runtime.ts';
import { DAY_KEY, EDGE_CASES, NOW, OWN_KEY, requestOf, STORE } from './edge-cases.ts';
import { EDGE_CODE, edgeWith, storeOf } from './edge-code.ts';

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

describe('random and hostile requests', () => {
  it('always go on, with a record that is short, clean and without identity', async () => {
    const random = createRandom(20261123);
    const edge = edgeWith();
    const culprits: unknown[] = [];
    for (let round = 0; round < 3_000; round += 1) {
      const request = randomRequest(random);
      const { record, uri } = await edge(request);
      if (uri !== request.uri || record === null || !isClean(record)) culprits.push({ request, record });
    }
    expect(culprits).toEqual([]);
  });
});

/** Unreserved characters only; no address, no @, no nonce, no key. */
function isClean(record: string): boolean {
  const known = record.split('&').every((pair) => /^[a-z]+=[A-Za-z0-9._-]+$/.test(pair));
  const secret =
    /203\.0\.113|2001:|NONCE|@/.test(record) || record.includes(DAY_KEY) || record.includes(OWN_KEY);
  const token = record.includes('TOKEN') && !/mode=consented.*consent=1.*rid=TOKEN/.test(record);
  const optOut =
    /signals=[a-z.]*(dnt|gpc)/.test(record) && /visitor|network|message|rid|referer|medium/.test(record);
  return known && !secret && !token && !optOut && encodedBytes(record) <= RECORD_MAX_BYTES;
}

type Random = () => number;

/** A small generator with a seed, so that a culprit can be met again. */
function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomRequest(random: Random): EdgeRequest {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const values = [
    'spring',
    'docs',
    'gone',
    'trial',
    'life',
    'email',
    'page',
    'TOKEN',
    'NONCE',
    '1',
    '0',
    '',
    'a@b.c',
    '%',
    '%00',
    '%F0%9F',
    'x'.repeat(300),
    '203.0.113.9',
    '../..',
    '\'"<>|',
    '{{n}}',
    'ä',
    '%26rid%3DTOKEN',
  ];
  const names = [
    'utm_campaign',
    'utm_campaign',
    'utm_medium',
    'utm_source',
    'utm_content',
    'rid',
    'n',
    'consent',
    '__proto__',
    'constructor',
    '',
    '%',
  ];
  const nonces = new Map([
    ['n', 'NONCE'],
    ['rid', 'TOKEN'],
  ]);
  const pairs = Array.from({ length: Math.floor(random() * 9) }, () => {
    const name = pick(names);
    return `${name}${pick(['=', '=', '=', '', '=='])}${nonces.has(name) && random() < 0.5 ? nonces.get(name) : pick(values.filter((value) => value !== 'NONCE' && value !== 'TOKEN'))}`;
  });
  const headerNames = [
    'dnt',
    'sec-gpc',
    'purpose',
    'referer',
    'user-agent',
    'sec-purpose',
    'toString',
    '__proto__',
  ];
  const headerValues = [
    '1',
    '0',
    '',
    'prefetch',
    'https://a.example/x',
    'https://ann@x.example',
    'https://203.0.113.9/',
    'https://-/',
    '\u0000',
    'é'.repeat(500),
  ];
  const headers = Array.from({ length: Math.floor(random() * 5) }, () => [
    pick(headerNames),
    pick(headerValues),
  ]);
  return {
    method: pick(['GET', 'HEAD', 'POST']),
    uri: pick(['/p.gif', '/a/', '/a/x y.png', '/a/203.0.113.9@x']),
    query: pairs.join(pick(['&', '&', '&&', ';'])),
    headers: Object.fromEntries(headers),
    ip: pick(['203.0.113.9', '2001:db8::1', '', '::', 'nonsense']),
  };
}

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
