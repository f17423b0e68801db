import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { addDays, utcDay } from '../../core/day.ts';
import { REGISTRY_FILES } from '../../core/layout.ts';
import { formatRange, roundRange } from '../../core/report/format.ts';
import { lastWeek, periodTitle } from '../../core/report/period.ts';
import { logFile, logLine } from '../flow/logs.ts';
import { Cdk } from './cdk.ts';
import { Cloud } from './cloud.ts';
import { logKey } from './log-objects.ts';
import { type Received, readMails } from './mailbox.ts';
import { CONFIG, RECEIVERS, REGION, SENDER, synthesise } from './world.ts';

const world = inject('cloud');
const NOW = Date.now();
const CAMPAIGN = 'report-spring';
const COPIES = 24;

/** Other tests' few loads are told together with the smallest campaign that has a figure: this one. */
const FOLDED = 'report-folded';

const copies = (count: number, campaign: string): readonly string[] =>
  Array.from({ length: count }, (_, n) => logLine({ id: `${n}-${campaign}`, ms: NOW - n, campaign }));

/** Seven days on, "last week" is the week in which these tests load. */
const SCHEDULED = addDays(utcDay(NOW), 7);
const WEEK = lastWeek(SCHEDULED);

/** The emulator looks at schedules every ten seconds. */
const A_MINUTE_OR_TWO = { timeout: 150_000, interval: 500 };

describe.skipIf('missing' in world)('the report', () => {
  let cloud: Cloud;
  let mail: Received;

  const mails = () => readMails(cloud.world.endpoint);
  const deploy = async (name: string, cron?: string) => {
    const config = { report: { ...CONFIG.report, ...(cron && { cron }) } };
    const scheduledTime = `${SCHEDULED}T07:00:00Z`;
    const { folder } = await synthesise(cloud.world, name, cron ? { config, scheduledTime } : {});
    await new Cdk(cloud.world.endpoint, REGION).deploy(folder);
  };

  beforeAll(async () => {
    cloud = await Cloud.open(world);
    await cloud.deliver(logKey(NOW), logFile(...copies(COPIES, CAMPAIGN), ...copies(12, FOLDED)));
    await cloud.merge();
  });
  afterAll(() => deploy('quiet'));

  it('is sent when its schedule says so, to the config’s receivers', async () => {
    await deploy('every-minute', 'cron(* * * * ? *)');
    const ours = async () =>
      (await mails()).find(({ subject }) => subject.includes(periodTitle(WEEK) ?? '?'));
    await expect.poll(ours, A_MINUTE_OR_TWO).toBeDefined();
    mail = (await ours()) as Received;
    expect(mail).toMatchObject({ from: SENDER, to: RECEIVERS });
  });

  it('says the numbers that the views give', async () => {
    const [row] = await cloud.query(
      `select sum(at_least) as at_least, sum(at_most) as at_most from campaign_daily
       where unit <> '' and dt between ? and ?`,
      WEEK.from,
      WEEK.until,
    );
    const range = { atLeast: Number(row?.['at_least']), atMost: Number(row?.['at_most']) };
    expect(range.atLeast).toBeGreaterThanOrEqual(COPIES);
    const figure = formatRange(roundRange(range));
    expect(mail.subject).toContain(figure);
    expect(mail.text).toContain(figure);
    expect(mail.html).toContain(figure);
  });

  it('names the campaign with its own number in both parts', () => {
    const own = new RegExp(`${CAMPAIGN}\\s+email · copies\\s+${COPIES}\\b`);
    expect(mail.text).toMatch(own);
    expect(mail.html.replaceAll(/<[^>]+>/g, ' ')).toMatch(own);
  });

  it('reads nothing from elsewhere', () => {
    expect(mail.html).toMatch(/^<!doctype html>/);
    expect(mail.html).not.toMatch(/<img|<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it('is not sent again by the next firing', async () => {
    const sent = await mails();
    const claims = await cloud.data.list(REGISTRY_FILES.reports);
    await cloud.call('ReportingFunction', { scheduledTime: `${SCHEDULED}T07:00:00Z` });
    expect(await mails()).toEqual(sent);
    expect(await cloud.data.list(REGISTRY_FILES.reports)).toEqual(claims);
  });
});
