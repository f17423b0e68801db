import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DAY_MS } from '../core/day.ts';
import { REGISTRY_FILES } from '../core/layout.ts';
import {
  lastHour,
  QUARTER_SECONDS,
  type RequestPoint,
  requestHours,
  requestsStatement,
  requestWindow,
} from '../core/requests.ts';
import type { Warehouse } from '../core/warehouse.ts';
import type { ZoneHistory } from '../core/zones.ts';
import type { BucketObjects } from './bucket.ts';
import { noteDays } from './upkeep.ts';

type Window = ReturnType<typeof requestWindow>;

export interface RequestsSource {
  /** Text of sql/merge/requests.sql. */
  readonly sql: string;
  readonly read: (window: Window) => Promise<readonly RequestPoint[]>;
}

export interface CountHost {
  readonly data: BucketObjects;
  readonly now: number;
  readonly requests: RequestsSource;
  readonly warehouse: Pick<Warehouse, 'run'>;
}

/** Keeps CloudFront's counts of the last days; answers that of the last whole hour. */
export async function countRequests({ data, now, requests, warehouse }: CountHost): Promise<number> {
  const window = requestWindow(now);
  const points = await requests.read(window);
  if (points.length === 0) return 0;
  const zones = await data.readJson<ZoneHistory>(REGISTRY_FILES.zones);
  const hours = requestHours(points, zones);
  // Older hours seldom change, and a day that is noted is rewritten by night.
  const recent = hours.filter(({ hourMs }) => hourMs >= window.untilMs - DAY_MS).map(({ day }) => day);
  if (recent.length > 0) await noteDays(data, recent);
  const statement = requestsStatement(requests.sql, hours);
  if (statement !== null) await warehouse.run(statement);
  return lastHour(hours, now);
}

/** Asks CloudWatch, which has CloudFront's metrics in us-east-1, for the requests of a distribution. */
export async function readRequests(
  client: Pick<CloudWatchClient, 'send'>,
  distributionId: string,
  { fromMs, untilMs }: Window,
): Promise<readonly RequestPoint[]> {
  const points: RequestPoint[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(fromMs),
        EndTime: new Date(untilMs),
        MetricDataQueries: [{ Id: 'requests', MetricStat: requestsOf(distributionId) }],
        NextToken: token,
      }),
    );
    for (const result of page.MetricDataResults ?? []) {
      if (result.StatusCode === 'Forbidden' || result.StatusCode === 'InternalError')
        throw new Error(`CloudWatch did not tell the requests of ${distributionId}: ${result.StatusCode}`);
      const { Timestamps = [], Values = [] } = result;
      Timestamps.forEach((at, index) => {
        points.push({ atMs: at.getTime(), requests: Values[index] ?? 0 });
      });
    }
    token = page.NextToken;
  } while (token !== undefined);
  return points;
}

const requestsOf = (distributionId: string) => ({
  Metric: {
    Namespace: 'AWS/CloudFront',
    MetricName: 'Requests',
    Dimensions: [
      { Name: 'DistributionId', Value: distributionId },
      { Name: 'Region', Value: 'Global' },
    ],
  },
  Period: QUARTER_SECONDS,
  Stat: 'Sum',
});
