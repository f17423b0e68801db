import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { utcDay } from '../../core/day.ts';
import { HOUR_MS, requestWindow } from '../../core/requests.ts';
import { Cloud } from './cloud.ts';
import { EDGE_REGION } from './world.ts';

const world = inject('cloud');

describe.skipIf('missing' in world)("CloudFront's own counts", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open(world);
  });

  /** As CloudFront would, in its region. */
  const count = async (atMs: number, Value: number): Promise<void> => {
    const { DISTRIBUTION_ID } = await cloud.environmentOf('MergeFunction');
    const Dimensions = [
      { Name: 'DistributionId', Value: DISTRIBUTION_ID },
      { Name: 'Region', Value: 'Global' },
    ];
    await cloud.clients.metricsIn(EDGE_REGION).send(
      new PutMetricDataCommand({
        Namespace: 'AWS/CloudFront',
        MetricData: [{ MetricName: 'Requests', Dimensions, Timestamp: new Date(atMs), Value }],
      }),
    );
  };

  it('come from us-east-1 into the table, and grow there', async () => {
    const hourMs = requestWindow(Date.now()).untilMs - 2 * HOUR_MS;
    const kept = () =>
      cloud.query(
        'select hour_ms, requests from requests where dt = ? and hour_ms = cast(? as bigint)',
        utcDay(hourMs),
        String(hourMs),
      );
    await count(hourMs + 60_000, 7);
    await cloud.merge();
    expect(await kept()).toEqual([{ hour_ms: hourMs, requests: 7 }]);
    await count(hourMs + 120_000, 5);
    await cloud.merge();
    expect(await kept()).toEqual([{ hour_ms: hourMs, requests: 12 }]);
  });
});
