import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STACK } from '../../core/cost/work.ts';
import { mergeTables } from '../../lambda/merge-tables.ts';
import { readRequests } from '../../lambda/request-counts.ts';
import { requestsSql } from '../../local/sql-texts.ts';
import { DuckdbAthena } from './duckdb-athena.ts';
import { FakeCloudWatch } from './fake-cloudwatch.ts';
import { FakeMetrics } from './fake-metrics.ts';
import { FakeS3 } from './fake-s3.ts';
import { NOTHING_FORGOTTEN } from './logs.ts';
import { mergeHost } from './stack-in-memory.ts';

/** Ten past: the hour from 07:00 to 08:00 is the last whole one. */
const NOW = Date.parse('2026-11-23T08:10:00Z');
const HOUR = 3_600_000;

let s3: FakeS3;
let athena: DuckdbAthena;
let cloudwatch: FakeCloudWatch;
let metrics: FakeMetrics;

beforeEach(async () => {
  s3 = new FakeS3();
  s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
  s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"Europe/Berlin"}]');
  athena = await DuckdbAthena.open(s3);
  cloudwatch = new FakeCloudWatch();
  metrics = new FakeMetrics();
});
afterEach(() => athena.close());

const merge = (now = NOW) =>
  mergeTables(
    mergeHost(s3, athena, now, {
      requests: {
        sql: requestsSql(),
        read: (window) => readRequests(cloudwatch.client, 'E2EXAMPLE', window),
      },
      publish: metrics.publish,
    }),
  );

const counted = (sums: Readonly<Record<string, number>>): void => {
  for (const [time, sum] of Object.entries(sums)) cloudwatch.sums.set(`2026-11-${time}:00Z`, sum);
};
const kept = async (): Promise<readonly string[]> =>
  (await athena.rows('select * from requests order by hour_ms, dt')).map(
    (row) => `${new Date(Number(row['hour_ms'])).toISOString().slice(0, 13)} ${row['requests']} ${row['dt']}`,
  );

describe("CloudFront's counts", () => {
  it('are asked for the whole hours of a week, of this distribution, by quarters', async () => {
    await merge();
    expect(cloudwatch.asked).toMatchObject([
      {
        StartTime: new Date('2026-11-16T08:00:00Z'),
        EndTime: new Date('2026-11-23T08:00:00Z'),
        MetricDataQueries: [
          {
            MetricStat: {
              Metric: {
                Namespace: 'AWS/CloudFront',
                MetricName: 'Requests',
                Dimensions: [
                  { Name: 'DistributionId', Value: 'E2EXAMPLE' },
                  { Name: 'Region', Value: 'Global' },
                ],
              },
              Period: 900,
              Stat: 'Sum',
            },
          },
        ],
      },
    ]);
  });

  it('become hours of days of the zone, over all pages; hours without any have no row', async () => {
    counted({ '22T22:45': 4, '22T23:00': 5, '23T05:15': 1, '23T05:30': 2, '23T07:00': 6, '23T08:00': 99 });
    await merge();
    expect(await kept()).toEqual([
      '2026-11-22T22 4 2026-11-22',
      '2026-11-22T23 5 2026-11-23',
      '2026-11-23T05 3 2026-11-23',
      '2026-11-23T07 6 2026-11-23',
    ]);
    expect(athena.statements).toBe(STACK.countStatements);
  });

  it('split an hour in which a day begins', async () => {
    s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"Asia/Kolkata"}]');
    counted({ '22T18:15': 4, '22T18:30': 5 });
    await merge();
    expect(await kept()).toEqual(['2026-11-22T18 4 2026-11-22', '2026-11-22T18 5 2026-11-23']);
  });

  it('stay as they are when they are read again, and grow when they grew', async () => {
    counted({ '23T06:00': 3, '23T07:00': 6 });
    await merge();
    const before = await kept();
    await merge(NOW + 60_000);
    expect(await kept()).toEqual(before);
    counted({ '23T06:45': 2 });
    await merge(NOW + HOUR);
    expect(await kept()).toEqual(['2026-11-23T06 5 2026-11-23', '2026-11-23T07 6 2026-11-23']);
  });

  it('are published for the last whole hour, none where there was no request', async () => {
    counted({ '23T06:00': 3, '23T07:00': 6, '23T07:30': 1 });
    await merge();
    await merge(NOW + HOUR);
    expect(metrics.of('Requests')).toEqual([7, 0]);
  });

  it('ask the engine nothing where there are none', async () => {
    await merge();
    expect(athena.statements).toBe(0);
    expect(metrics.of('Requests')).toEqual([0]);
  });

  it.each(['Forbidden', 'InternalError'] as const)(
    'that CloudWatch does not tell (%s) are no silence: the merge fails, its rows are in',
    async (status) => {
      cloudwatch.statusCode = status;
      await expect(merge()).rejects.toThrow(`the requests of E2EXAMPLE: ${status}`);
      expect(metrics.of('Merges')).toEqual([]);
    },
  );
});
