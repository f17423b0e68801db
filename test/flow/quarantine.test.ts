import { expect, it } from 'vitest';
import { BucketObjects } from '../../lambda/bucket.ts';
import { daysInQuarantine } from '../../lambda/quarantine.ts';
import { FakeS3 } from './fake-s3.ts';

const DAY = 86_400_000;

it.each([
  { name: 'none', keys: [], days: 0 },
  // The fake's first objects were written in the first seconds of 1970.
  { name: 'several, over pages', keys: ['a', 'b', 'c', 'd', 'e'], days: 29 },
])('the oldest of $name has waited whole days', async ({ keys, days }) => {
  const s3 = new FakeS3();
  for (const key of keys) s3.put(`data/quarantine/logs/${key}`, 'no log');
  s3.put('data/registry/zones.json', '[]');
  expect(await daysInQuarantine(new BucketObjects(s3.client, 'data'), 30 * DAY)).toBe(days);
});
