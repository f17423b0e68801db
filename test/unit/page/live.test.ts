import { expect, test } from 'vitest';
import { createClassifier } from '../../../core/classify/classify.ts';
import type { Row } from '../../../core/warehouse.ts';
import { createFeed } from '../../../local/page/live.ts';

const GMAIL: Row = {
  load_id: 7n,
  loaded_ms: 1000,
  campaign: 'try-me',
  mode: 'aggregate',
  user_agent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  asn: 15169,
  method: 'GET',
  class: 'proxied',
  kind: 'at_display',
  agent: 'Gmail image proxy',
  confidence: 'high',
  reasons: 'gmail-image-proxy google',
  tier: 'at_least',
  unit: 'message',
  first: true,
};

const feedOf = async (...rows: readonly Row[]) => {
  const feed = createFeed('live', createClassifier(), { day: '2026-11-23', ms: 0 });
  await feed.refresh({ query: async () => rows, run: async () => {} });
  return feed;
};

test('tells a load with its label, its reasons and one sentence', async () => {
  const [entry] = (await feedOf(GMAIL)).entriesAfter(0);
  expect(entry).toMatchObject({
    number: 1,
    name: 'Gmail image proxy',
    label: 'proxied · at display',
    swatch: 'at-display',
    confidence: 'high',
    reasons: ['gmail-image-proxy', 'google'],
    sentence: 'Fetched by the mailbox when the message was shown: a display, at least.',
  });
  expect(entry?.explanation).toContain('Gmail');
});

test('tells nothing of an opted-out load but that it happened', async () => {
  const [entry] = (
    await feedOf({ load_id: 1, loaded_ms: 5, campaign: 'try-me', flags: 'gpc', class: 'unknown' })
  ).entriesAfter(0);
  expect(entry).toMatchObject({
    name: 'Opted out (Sec-GPC)',
    label: 'not labelled',
    reasons: [],
    explanation: null,
  });
});

test.each<{ name: string; change: Row; says: RegExp }>([
  { name: 'a machine', change: { tier: 'neither' }, says: /in neither number/ },
  { name: 'a repeat', change: { first: false }, says: /no further display/ },
  { name: 'no unit', change: { unit: '', first: null }, says: /a load, at least/ },
  {
    name: 'whether or not',
    change: { tier: 'at_most', kind: 'regardless' },
    says: /whether or not anyone looks/,
  },
  { name: 'a stranger', change: { campaign: '(unregistered)', unit: '' }, says: /not registered/ },
])('says of $name what it counts as', async ({ change, says }) => {
  expect((await feedOf({ ...GMAIL, ...change })).entriesAfter(0)[0]?.sentence).toMatch(says);
});

test('gives each load once, in the order of arrival', async () => {
  const feed = createFeed('live', createClassifier(), { day: '2026-11-23', ms: 0 });
  const rows: Row[] = [];
  const warehouse = { query: async () => rows, run: async () => {} };
  for (const id of [1, 2, 3]) {
    rows.unshift({ ...GMAIL, load_id: id, loaded_ms: id });
    await feed.refresh(warehouse);
  }
  expect(feed.entriesAfter(0).map(({ number, loadedMs }) => [number, loadedMs])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(feed.entriesAfter(2)).toHaveLength(1);
});
