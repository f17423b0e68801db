import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeDeliveriesCommand,
  DescribeDeliveryDestinationsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { utcDay } from '../../core/day.ts';
import { DELIVERED_FIELDS } from '../../core/layout.ts';
import { logFile, logLine } from '../flow/logs.ts';
import { Cdk, changedApp } from './cdk.ts';
import { Cloud, STACK } from './cloud.ts';
import { logKey } from './log-objects.ts';
import { EDGE_REGION, REGION, synthesise } from './world.ts';

const world = inject('cloud');

/** What a contributor does who adds a column. */
const LATER_COLUMNS = `columns: [
    ...EVENT_COLUMNS,
    { name: 'tomorrow', type: 'text', optional: true, meaning: 'a column of a later version', example: 'x' },
  ],`;
const NOW = Date.now();
const TODAY = utcDay(NOW);

describe.skipIf('missing' in world)('the deployed app', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open(world);
  });

  it('says the address of the pixel', async () => {
    expect(Object.values(await cloud.outputs())).toContainEqual(
      expect.stringMatching(/^https:\/\/.+\/p\.gif$/),
    );
  });

  it('has the pixel where CloudFront reads it', async () => {
    const bucket = cloud.idOf('AWS::S3::Bucket', 'Images');
    const object = await cloud.clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'p.gif' }));
    expect(object.ContentType).toBe('image/gif');
    const pixel = readFileSync(new URL('../../edge/pixel.gif', import.meta.url));
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? [])).toEqual(pixel);
  });

  it('has logs delivered into its bucket, from the other region, without addresses', async () => {
    const logs = cloud.clients.logsIn(EDGE_REGION);
    const { deliveries = [] } = await logs.send(new DescribeDeliveriesCommand({}));
    expect(deliveries.map(({ recordFields }) => recordFields)).toEqual([[...DELIVERED_FIELDS]]);
    const { deliveryDestinations = [] } = await logs.send(new DescribeDeliveryDestinationsCommand({}));
    expect(
      deliveryDestinations.map(({ deliveryDestinationConfiguration, outputFormat }) => [
        deliveryDestinationConfiguration?.destinationResourceArn,
        outputFormat,
      ]),
    ).toEqual([[`arn:aws:s3:::${cloud.logs.name}/logs`, 'w3c']]);
  });

  it('does not change when it is deployed again', async () => {
    const cdk = new Cdk(cloud.world.endpoint, REGION);
    await cdk.deploy((await synthesise(cloud.world, 'same')).folder);
    const said = await cdk.deploy((await synthesise(cloud.world, 'again')).folder);
    expect(said).toContain(`${STACK} (no changes)`);
    expect(said).toContain(`${STACK}-edge-${REGION}) (no changes)`);
  });

  it('gets a new column into the tables, where older rows read null', async () => {
    const key = logKey(NOW);
    await cloud.deliver(key, logFile(logLine({ id: 'column', ms: NOW })));
    await cloud.merge();
    const rows = () =>
      cloud.query('select load_id, class from events where log_object = ? and dt = ?', key, TODAY);
    const before = await rows();
    expect(before).toHaveLength(1);

    const app = join(cloud.world.folder, 'later-app');
    changedApp(app, 'core/schema.ts', 'columns: EVENT_COLUMNS,', LATER_COLUMNS);
    const { folder } = await synthesise(cloud.world, 'later', { app });
    await new Cdk(cloud.world.endpoint, REGION).deploy(folder);
    expect(await rows()).toEqual(before);
    expect(
      await cloud.query('select tomorrow from events where log_object = ? and dt = ?', key, TODAY),
    ).toEqual([{ tomorrow: null }]);

    await cloud.deliver(logKey(NOW), logFile(logLine({ id: 'column-later', ms: NOW })));
    await cloud.merge();
    expect(await rows()).toEqual(before);
  });
});
