import { beforeAll, describe, expect, inject, it } from 'vitest';
import { utcDay } from '../../core/day.ts';
import { PREFIXES } from '../../core/layout.ts';
import { VIEWS } from '../../core/views.ts';
import { logFile, logLine } from '../flow/logs.ts';
import { Cloud, PATIENCE, STACK } from './cloud.ts';
import { logKey } from './log-objects.ts';
import { REGION } from './world.ts';

const world = inject('cloud');
const NOW = Date.now();
const TODAY = utcDay(NOW);

describe.skipIf('missing' in world)('a delivered log object', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open(world);
  });

  /** Lines of a day, in rows and in counts. */
  const linesOf = async (table: string): Promise<number> => {
    const [row] = await cloud.query(`select sum(lines) as lines from ${table} where dt = ?`, TODAY);
    return Number(row?.['lines'] ?? 0);
  };

  it('becomes rows, counts and figures, and none of its lines is lost', async () => {
    const key = logKey(NOW);
    const campaign = 'arrival-spring';
    const before = await linesOf('daily');
    const people = ['a', 'b', 'c'].map((copy) => logLine({ id: `${copy}-arrival`, ms: NOW, campaign }));
    const again = logLine({ id: 'again-arrival', ms: NOW + 1, campaign, message: 'a-arrival' });
    const script = logLine({ id: 'script-arrival', ms: NOW, campaign, agent: 'curl/8.5.0' });
    const other = logLine({ id: 'other-arrival', ms: NOW, path: '/favicon.ico' });
    const reader = { campaign: 'arrival-document', medium: 'document', recipient: 'arrival-token' };
    const agreed = logLine({ id: 'reader-arrival', ms: NOW, ...reader });
    await cloud.deliver(key, logFile(...people, again, script, other, agreed));
    await cloud.merge();

    expect(
      await cloud.query(
        `select class, sum(lines) as lines from events where dt = ? and log_object = ? group by class order by class`,
        TODAY,
        key,
      ),
    ).toEqual([
      { class: 'automated', lines: 1 },
      { class: 'dropped', lines: 1 },
      { class: 'likely_human', lines: 5 },
    ]);
    expect((await linesOf('daily')) - before).toBe(7);
    expect(await linesOf('events')).toBe(await linesOf('daily'));
    expect(
      await cloud.query(
        `select medium, unit, at_least, at_most, loads, repeats from campaign_daily where dt = ? and campaign = ?`,
        TODAY,
        campaign,
      ),
    ).toEqual([{ medium: 'email', unit: 'message', at_least: 3, at_most: 3, loads: 5, repeats: 1 }]);
  });

  it.each(VIEWS.map(({ name, columns }) => ({ name, columns })))(
    'can be read through the view $name',
    async ({ name, columns }) => {
      const list = columns.map((column) => column.name).join(', ');
      const rows = await cloud.query(`select ${list} from ${name} limit 1`);
      expect(rows.flatMap(Object.keys)).toEqual(columns.map((column) => column.name));
    },
  );

  it('that nobody can read ends in quarantine and among the dead letters, and a replay brings its mended copy in', async () => {
    const key = logKey(NOW);
    const whole = logFile(logLine({ id: 'broken', ms: NOW }));
    const before = await cloud.waiting('DeadLetters');
    await cloud.logs.write(key, whole.subarray(0, 40));
    await expect
      .poll(() => cloud.data.list(PREFIXES.quarantine), PATIENCE)
      .toContain(`${PREFIXES.quarantine}${key}`);
    await expect.poll(() => cloud.waiting('DeadLetters'), PATIENCE).toBe(before + 1);
    expect(await cloud.freshOf(key)).toEqual([]);
    await cloud.data.write(`${PREFIXES.quarantine}${key}`, whole);
    expect(await cloud.command('replay', '--stack', STACK, '--region', REGION, '--json')).toContain(
      '"ingested"',
    );
    expect(await cloud.data.list(`${PREFIXES.quarantine}${key}`)).toEqual([]);
    await expect.poll(() => cloud.waiting('DeadLetters'), PATIENCE).toBe(before);
    await cloud.merge();
    const rows = await cloud.query(
      'select sum(lines) as lines from events where dt = ? and log_object = ?',
      TODAY,
      key,
    );
    expect(rows).toEqual([{ lines: 1 }]);
  });

  it('stands in its day, and logs, rows and counts of the stack agree', async () => {
    const asked = ['--stack', STACK, '--region', REGION, '--json'] as const;
    const days = (await cloud.command('days', '--since', TODAY, ...asked)).trim().split('\n');
    const { lines, files, ...today } = JSON.parse(days[0] ?? '');
    expect(today).toMatchObject({ day: TODAY, state: 'open', bytes: expect.any(Number) });
    expect([lines, files > 0]).toEqual([await linesOf('daily'), true]);
    // Another test's merge may be between a row and its count.
    await expect
      .poll(async () => JSON.parse(await cloud.command('verify', ...asked)), PATIENCE)
      .toMatchObject({ agree: true, disagreements: [] });
  });
});
