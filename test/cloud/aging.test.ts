import { beforeAll, describe, expect, inject, it } from 'vitest';
import { addDays, utcDay } from '../../core/day.ts';
import { EVENT_COLUMNS } from '../../core/schema.ts';
import { logFile, logLine } from '../flow/logs.ts';
import { Cloud } from './cloud.ts';
import { logKey } from './log-objects.ts';

const world = inject('cloud');
const NOW = Date.now();
const TODAY = utcDay(NOW);
const CAMPAIGN = 'aging-spring';
/** Sealed, too old to be classified again, and expired, whenever this runs. */
const SEALED = addDays(TODAY, -10);
const AGED = addDays(TODAY, -40);
const EXPIRED = addDays(TODAY, -420);
const LATE = addDays(TODAY, -5);

describe.skipIf('missing' in world)('days that grow old', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open(world);
    const lines = ['a', 'b', 'c'].map((id) =>
      logLine({ id: `${id}-aging`, ms: NOW, campaign: CAMPAIGN, message: id === 'c' ? 'b' : id }),
    );
    await cloud.deliver(logKey(NOW), logFile(...lines));
    await cloud.merge();
    for (const day of [SEALED, AGED, EXPIRED]) await comeOn(day);
  });

  /** As if the loads of today had come on another day, when their hashes were to be kept. */
  async function comeOn(day: string): Promise<void> {
    const names = EVENT_COLUMNS.map(({ name }) => name);
    const values = names.map((name) => (name === 'dt' ? `'${day}'` : name));
    await cloud.query(
      `insert into events (${names.join(', ')}) select ${values.join(', ')} from events where dt = '${TODAY}' and campaign = '${CAMPAIGN}'`,
    );
  }
  const rows = (dt: string) =>
    cloud.query(
      `select max(visitor) as visitor, max(network) as network, max(message) as message, count(user_agent) as agents,
         count(distinct message) as copies, count(*) as loads
       from events where dt = ? and campaign = ?`,
      dt,
      CAMPAIGN,
    );
  const displays = (dt: string) =>
    cloud.query(
      `select count(*) filter (where first) as firsts, count(*) as loads from loads where dt = ? and campaign = ?`,
      dt,
      CAMPAIGN,
    );

  it('are sealed, lose their user agents and expire by night, and no display is lost', async () => {
    const before = await displays(SEALED);
    expect(before).toEqual([{ firsts: 2, loads: 3 }]);
    expect(Number((await rows(SEALED))[0]?.['visitor'])).toBeGreaterThan(1_000);
    await cloud.call('MergeFunction', { scheduledTime: new Date(NOW).toISOString(), task: 'night' });
    await cloud.merge();
    expect(await rows(SEALED)).toMatchObject([{ message: 2, agents: 3, copies: 2, loads: 3 }]);
    expect(Number((await rows(SEALED))[0]?.['visitor'])).toBeLessThan(4);
    expect(await displays(SEALED)).toEqual(before);
    expect(await rows(AGED)).toMatchObject([{ message: 2, agents: 0, copies: 2, loads: 3 }]);
    expect(await displays(AGED)).toEqual(before);
    expect(await rows(EXPIRED)).toMatchObject([{ loads: 0 }]);
    expect(Number((await rows(TODAY))[0]?.['message'])).toBeGreaterThan(1_000);
    expect(await cloud.said('MergeFunction', 'old rows brought to their age')).toBeGreaterThan(0);
  });

  it('take late loads as loads, without hashes, and none once they have expired', async () => {
    const late = [LATE, EXPIRED].map((day) =>
      logLine({ id: `${day}-late`, ms: Date.parse(`${day}T12:00:00Z`), campaign: CAMPAIGN }),
    );
    // A line of another time than its object's is dropped, so each day has an object of its own.
    for (const [index, day] of [LATE, EXPIRED].entries())
      await cloud.deliver(logKey(Date.parse(`${day}T12:00:00Z`)), logFile(late[index] ?? ''));
    await cloud.merge();
    expect(await rows(LATE)).toMatchObject([{ visitor: null, network: null, message: null, loads: 1 }]);
    expect(await displays(LATE)).toEqual([{ firsts: 0, loads: 1 }]);
    expect(await rows(EXPIRED)).toMatchObject([{ loads: 0 }]);
    const counted = 'select sum(loads) as loads from daily where dt = ? and campaign = ?';
    expect(await cloud.query(counted, LATE, CAMPAIGN)).toEqual([{ loads: 1 }]);
  });
});
