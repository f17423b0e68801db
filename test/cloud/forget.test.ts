import { beforeAll, describe, expect, inject, it } from 'vitest';
import { utcDay } from '../../core/day.ts';
import { PREFIXES, REGISTRY_FILES } from '../../core/layout.ts';
import { logFile, logLine } from '../flow/logs.ts';
import { Cloud, STACK } from './cloud.ts';
import { logKey } from './log-objects.ts';
import { REGION } from './world.ts';

const world = inject('cloud');
const NOW = Date.now();
const TODAY = utcDay(NOW);
const ADA = 'Ada0-cloud-token';
const BOB = 'Bob0-cloud-token';

describe.skipIf('missing' in world)('a recipient that is forgotten by a command', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open(world);
  });
  const key = logKey(NOW);
  const log = logFile(
    logLine({ id: 'a1-forget', ms: NOW, campaign: 'forget-me', medium: 'document', recipient: ADA }),
    logLine({ id: 'b1-forget', ms: NOW + 1, campaign: 'forget-me', medium: 'document', recipient: BOB }),
  );
  const rows = () =>
    cloud.query(
      `select recipient, message is null and visitor is null and network is null as bare from events
       where dt = ? and log_object = ? order by recipient`,
      TODAY,
      key,
    );
  const readers = async () =>
    (
      await cloud.query(
        'select recipient from document_access where dt = ? and campaign = ? order by recipient',
        TODAY,
        'forget-me',
      )
    ).map((row) => row['recipient']);

  it('is in no row any more, also after its log came again', async () => {
    await cloud.deliver(key, log);
    await cloud.merge();
    expect(await readers()).toEqual([ADA, BOB]);
    const said = await cloud.command(
      'forget',
      '--recipient',
      ADA,
      '--stack',
      STACK,
      '--region',
      REGION,
      '--json',
    );
    expect(JSON.parse(said)).toEqual({ token: ADA, loads: 1, days: [TODAY], left: 0 });
    expect(await readers()).toEqual([BOB]);
    const forgotten = [
      { recipient: BOB, bare: false },
      { recipient: null, bare: true },
    ];
    expect(await rows()).toEqual(forgotten);

    await cloud.deliver(key, log);
    const fresh = await cloud.data.list(PREFIXES.fresh);
    for (const file of fresh)
      expect(Buffer.from((await cloud.data.read(file)).bytes).includes(ADA), file).toBe(false);
    await cloud.merge();
    expect(await rows()).toEqual(forgotten);
    expect(await cloud.data.list(REGISTRY_FILES.commands)).toEqual([]);
    expect(Buffer.from((await cloud.data.read(REGISTRY_FILES.forgotten)).bytes).toString()).not.toContain(
      ADA,
    );
  });
});
