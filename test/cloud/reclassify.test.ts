import { beforeAll, describe, expect, inject, it } from 'vitest';
import { utcDay } from '../../core/day.ts';
import { REGISTRY_FILES } from '../../core/layout.ts';
import { logFile, logLine } from '../flow/logs.ts';
import { Cloud, STACK } from './cloud.ts';
import { logKey } from './log-objects.ts';
import { REGION } from './world.ts';

const world = inject('cloud');
const NOW = Date.now();
const TODAY = utcDay(NOW);
const OLDER = '2026-01-01-0badcafe';

describe.skipIf('missing' in world)('loads that older rules classified', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open(world);
  });
  const key = logKey(NOW);
  const events = () =>
    cloud.query(
      'select campaign, class, kind, reasons, flags, device, ruleset from events where dt = ? and log_object = ?',
      TODAY,
      key,
    );
  const counted = () =>
    cloud.query(
      "select class, loads from daily where dt = ? and campaign = 'classify-again' and loads > 0",
      TODAY,
    );
  const reclassify = (...more: readonly string[]): Promise<string> =>
    cloud.command('reclassify', '--stack', STACK, '--region', REGION, '--since', TODAY, '--json', ...more);

  it('get the verdict of the deployed rules by a command, and are counted again', async () => {
    const line = logLine({ id: 'c1-again', ms: NOW, campaign: 'classify-again' });
    await cloud.deliver(key, logFile(line));
    await cloud.merge();
    const [before, counts] = [await events(), await counted()];
    // As rules of an earlier day would have left it.
    await cloud.query(
      `update events set class = 'automated', kind = 'client', reasons = 'old', flags = 'relay', device = null, ruleset = '${OLDER}' where dt = '${TODAY}' and log_object = '${key}'`,
    );

    const shown = JSON.parse(await reclassify('--dry-run'));
    expect(shown).toMatchObject({
      before: [{ ruleset: OLDER, loads: 1 }],
      loads: 1,
      classes: [{ from: 'automated client', to: 'likely_human browser', loads: 1 }],
    });
    expect(await events()).not.toEqual(before);

    expect(await reclassify('--yes')).toContain('"loads":1');
    expect([await events(), await counted()]).toEqual([before, counts]);
    expect(
      await cloud.query(
        'select class, loads_before, loads_after from changes where dt = ? and ruleset_before = ? order by class',
        TODAY,
        OLDER,
      ),
    ).toEqual([
      { class: 'automated', loads_before: 1, loads_after: 0 },
      { class: 'likely_human', loads_before: 0, loads_after: 1 },
    ]);
    expect(await cloud.query('select input_id from verdicts')).toEqual([]);
    expect(await cloud.data.list(REGISTRY_FILES.commands)).toEqual([]);
  });
});
