import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { utcDay } from '../../core/day.ts';
import type { Row } from '../../core/warehouse.ts';
import { batch, type Line, logFile, logLine, message } from '../flow/logs.ts';
import { Cloud, PATIENCE } from './cloud.ts';
import { logKey } from './log-objects.ts';

const world = inject('cloud');
const NOW = Date.now();
const TODAY = utcDay(NOW);
const CAMPAIGN = 'repeats-spring';
const KEY = logKey(NOW);

const lines = (...ids: readonly string[]): readonly Line[] =>
  ids.map((id) => ({ id: `${id}-repeats`, ms: NOW, campaign: CAMPAIGN }));
const fileOf = (given: readonly Line[]) => logFile(...given.map(logLine));
const FILE = fileOf([...lines('a', 'b', 'c'), { id: 'other-repeats', ms: NOW, path: '/robots.txt' }]);

describe.skipIf('missing' in world)('what comes twice', () => {
  let cloud: Cloud;
  let before: readonly Row[];

  /** Every row and every count that the object brought. */
  const kept = async (): Promise<readonly Row[]> => [
    ...(await cloud.query(
      'select load_id, class, campaign, lines, log_object from events where dt = ? and log_object = ? order by load_id',
      TODAY,
      KEY,
    )),
    ...(await cloud.query(
      'select sum(loads) as loads, sum(firsts) as firsts, sum(lines) as lines from daily where dt = ?',
      TODAY,
    )),
  ];

  /** The message that S3 sends of an object. */
  const arrival = (id: string) =>
    message(
      JSON.stringify({
        Records: [
          {
            eventName: 'ObjectCreated:Put',
            s3: { bucket: { name: cloud.logs.name }, object: { key: encodeURIComponent(KEY) } },
          },
        ],
      }),
      id,
    );
  /** Fresh files of the object; none where the hourly merge was faster. */
  const filesOf = async (): Promise<number> => (await cloud.freshOf(KEY)).length;
  const ingest = (...ids: readonly string[]) => cloud.call('IngestionFunction', batch(...ids.map(arrival)));

  beforeAll(async () => {
    cloud = await Cloud.open(world);
    await cloud.deliver(KEY, FILE);
    await cloud.merge();
    expect(await cloud.freshOf(KEY)).toEqual([]);
  });
  beforeEach(async () => {
    before = await kept();
    expect(before).toHaveLength(5);
  });

  it('in one batch, brings one file and no row', async () => {
    expect(await ingest('one', 'two')).toEqual({ batchItemFailures: [] });
    expect(await filesOf()).toBeLessThanOrEqual(1);
    await cloud.merge();
    expect(await kept()).toEqual(before);
  });

  it('in two batches, brings one file and no row', async () => {
    await ingest('one');
    await ingest('two');
    expect(await filesOf()).toBeLessThanOrEqual(1);
    await cloud.merge();
    expect(await kept()).toEqual(before);
  });

  it('is merged once by two merges at once', async () => {
    const waited = () => cloud.said('MergeFunction', 'another merge is under way');
    const waitedBefore = await waited();
    await ingest('one');
    await Promise.all([cloud.call('MergeFunction'), cloud.call('MergeFunction')]);
    await expect.poll(waited, PATIENCE).toBeGreaterThan(waitedBefore);
    await cloud.merge();
    expect(await kept()).toEqual(before);
  });

  it('put again under its key, changes nothing', async () => {
    await cloud.deliver(KEY, FILE);
    await cloud.merge();
    expect(await kept()).toEqual(before);
  });

  it('put again under its key with a late line, brings that line alone', async () => {
    const late = fileOf([
      ...lines('a', 'b', 'c', 'late'),
      { id: 'other-repeats', ms: NOW, path: '/robots.txt' },
    ]);
    await cloud.deliver(KEY, late);
    await cloud.merge();
    const after = await kept();
    expect(after.slice(0, -1)).toHaveLength(5);
    expect(after.at(-1)).toEqual({
      loads: Number(before.at(-1)?.['loads']) + 1,
      firsts: Number(before.at(-1)?.['firsts']) + 1,
      lines: Number(before.at(-1)?.['lines']) + 1,
    });
  });
});
