import { describe, expect, it } from 'vitest';
import { RECORD_MAX_BYTES } from '../../core/edge-record.ts';
import type { EdgeRequest } from '../../local/edge-runtime.ts';
import { edgeWith } from './edge-code.ts';
import { DAY_KEY, OWN_KEY } from './edge-world.ts';

/** CloudFront's URL-encoding may or may not touch & and =; the bound holds if it makes three bytes of each. */
const encodedBytes = (record: string): number => encodeURIComponent(record).length;

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
