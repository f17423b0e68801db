import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { ingestLog } from '../../core/ingest.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { mergeTables } from '../../lambda/merge-tables.ts';
import { type Mail, sendMail } from '../../lambda/report-mail.ts';
import { type ReportHost, sendReport } from '../../lambda/report-send.ts';
import { reportSql } from '../../local/sql-texts.ts';
import { fakeWarehouse, QUERY_NAMES, UNREGISTERED_ONLY } from '../unit/report/given-rows.ts';
import { DuckdbAthena } from './duckdb-athena.ts';
import { FakeMetrics } from './fake-metrics.ts';
import { FakeS3 } from './fake-s3.ts';
import { logFile, logLine, NOTHING_FORGOTTEN } from './logs.ts';
import { mergeHost } from './stack-in-memory.ts';

const MONDAY = Date.parse('2026-11-23T07:00:00Z');
const CLAIM = 'data/registry/reports/2026-11-16..2026-11-22.all.json';

let s3: FakeS3;
let athena: DuckdbAthena;
let mails: Mail[];
let metrics: FakeMetrics;

beforeEach(async () => {
  s3 = new FakeS3();
  s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
  s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"Europe/Berlin"}]');
  athena = await DuckdbAthena.open(s3);
  mails = [];
  metrics = new FakeMetrics();
});
afterEach(() => athena.close());

const hostAt = (now = MONDAY, more: Partial<ReportHost> = {}): ReportHost => ({
  data: new BucketObjects(s3.client, 'data'),
  warehouse: athena.warehouse(),
  sql: reportSql(),
  thresholds: [{ from: '1970-01-01', smallNumber: 5, burstMessages: 5 }],
  from: 'clearpixel@example.com',
  to: ['marketing@example.com', 'sales@example.com'],
  skipEmpty: false,
  scheduled: MONDAY,
  now: () => now,
  holder: `call at ${now}`,
  send: async (mail) => void mails.push(mail),
  logger: { info: () => {}, error: () => {} },
  publish: metrics.publish,
  ...more,
});

/** Twelve people display a copy each on the Tuesday. */
async function week(): Promise<void> {
  const lines = Array.from({ length: 12 }, (_, n) =>
    logLine({ id: `copy${n}`, ms: 1_794_902_400_000 + n * 600_000 }),
  );
  const zones = [{ from: '1970-01-01', zone: 'Europe/Berlin' }];
  const settings = { classifier: createClassifier(), zones, assets: [] };
  await ingestLog({ name: 'log', bytes: logFile(...lines) }, settings, ({ name, bytes }) =>
    s3.put(`data/fresh/${name}`, bytes),
  );
  await mergeTables(mergeHost(s3, athena, 0));
}

describe('the report of the last week', () => {
  it('goes from log lines to a mail for the config’s receivers', async () => {
    await week();
    expect(await sendReport(hostAt())).toBe('sent');
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail).toMatchObject({
      from: 'clearpixel@example.com',
      to: ['marketing@example.com', 'sales@example.com'],
    });
    expect(mail?.subject).toMatch(/^clearpixel: .*12/);
    expect(mail?.text).toContain('spring-sale');
    expect(mail?.html).toMatch(/^<!doctype html>/);
    expect(mail?.html).not.toMatch(/<img|https?:\/\/(?!www\.w3\.org)/);
  });

  it('is sent where only unregistered names were loaded, empty or not', async () => {
    const warehouse = fakeWarehouse(UNREGISTERED_ONLY);
    expect(await sendReport(hostAt(MONDAY, { skipEmpty: true, sql: QUERY_NAMES, warehouse }))).toBe('sent');
  });

  it('says that a week was empty, or is not sent where the config says so', async () => {
    expect(await sendReport(hostAt(MONDAY, { skipEmpty: true }))).toBe('empty');
    expect(mails).toEqual([]);
    expect(await sendReport(hostAt())).toBe('sent');
    expect(mails).toHaveLength(1);
  });
});

describe('one mail per period', () => {
  it('is sent once however often the schedule fires', async () => {
    expect(await sendReport(hostAt())).toBe('sent');
    expect(await sendReport(hostAt(MONDAY + 60_000))).toBe('sent before');
    expect(mails).toHaveLength(1);
    expect(metrics.of('ReportsSent')).toEqual([1, 0]);
  });

  it('is sent once by two calls at once; the other one comes again', async () => {
    const [one, other] = await Promise.allSettled([
      sendReport(hostAt(MONDAY)),
      sendReport(hostAt(MONDAY + 1)),
    ]);
    expect(mails).toHaveLength(1);
    expect([one.status, other.status].filter((status) => status === 'fulfilled').length).toBeGreaterThan(0);
  });

  it('is tried again after SES refused it', async () => {
    const said: unknown[] = [];
    const refused = hostAt(MONDAY, {
      send: () => Promise.reject(new Error('Email address is not verified')),
      logger: { info: () => {}, error: (...words: readonly unknown[]) => void said.push(...words) },
    });
    await expect(sendReport(refused)).rejects.toThrow('not verified');
    expect(said).toEqual([
      'the report was not sent: mend what the error names, and the next attempt sends it',
      {
        period: expect.objectContaining({ from: '2026-11-16', until: '2026-11-22' }),
        from: 'clearpixel@example.com',
        error: new Error('Email address is not verified'),
      },
    ]);
    expect(await sendReport(hostAt(MONDAY + 1_000))).toBe('sent');
  });

  it('holds the claim from the moment of sending, however long the queries took', async () => {
    let time = MONDAY;
    const slow = hostAt(MONDAY, { now: () => time });
    const warehouse = slow.warehouse;
    const query: typeof warehouse.query = (...asked) => {
      time += 60_000;
      return warehouse.query(...asked);
    };
    let held: { until: number } | undefined;
    const send = async () => {
      held = JSON.parse(s3.text(CLAIM));
    };
    await sendReport({ ...slow, warehouse: { ...warehouse, query }, send });
    expect(held?.until).toBe(time + 45_000);
  });

  it('waits for a call that may still be sending, and takes over when it is gone', async () => {
    s3.put(CLAIM, JSON.stringify({ state: 'sending', until: MONDAY + 45_000, holder: 'crashed' }));
    await expect(sendReport(hostAt(MONDAY + 10_000))).rejects.toThrow(/is being sent by another call/);
    expect(await sendReport(hostAt(MONDAY + 60_000))).toBe('sent');
    expect(JSON.parse(s3.text(CLAIM))).toMatchObject({ state: 'sent' });
  });

  it('holds no claim when a query failed', async () => {
    athena.refused.set(1, 'INTERNAL_ERROR');
    await expect(sendReport(hostAt())).rejects.toThrow('INTERNAL_ERROR');
    expect(s3.keys('data/registry/reports/')).toEqual([]);
    expect(await sendReport(hostAt(MONDAY + 1_000))).toBe('sent');
  });
});

describe('a mail', () => {
  it('is handed to SES as subject, HTML and text', async () => {
    const sent: object[] = [];
    const send = (async ({ input }: { input: object }) => void sent.push(input)) as unknown as Parameters<
      typeof sendMail
    >[0]['send'];
    await sendMail(
      { send },
      { from: 'a@example.com', to: ['b@example.com'], subject: 'ü', html: '<p>ü', text: 'ü' },
    );
    expect(sent).toEqual([
      {
        FromEmailAddress: 'a@example.com',
        Destination: { ToAddresses: ['b@example.com'] },
        Content: {
          Simple: {
            Subject: { Data: 'ü', Charset: 'UTF-8' },
            Body: { Html: { Data: '<p>ü', Charset: 'UTF-8' }, Text: { Data: 'ü', Charset: 'UTF-8' } },
          },
        },
      },
    ]);
  });
});
