import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmEntry } from './alarms.ts';
import type { Watched } from './observability.ts';
import { ownMetric } from './own-metrics.ts';
import { athenaBytes, edgeFunctionMetric } from './service-metrics.ts';

const HOUR = Duration.hours(1);
const MINUTES = Duration.minutes(5);
const DAY = Duration.days(1);
const SUM = 'Sum';

/** Alarms of the stack's own region. */
export function alarmsOf(watched: Watched): readonly AlarmEntry[] {
  const { collector, ingestion, merge, reporting } = watched;
  return [
    {
      section: 'dead-letters',
      says: 'Log objects could not be ingested after three attempts and wait among the dead letters.',
      metric: ingestion.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: MINUTES,
        statistic: 'Maximum',
      }),
      when: { atLeast: 1 },
    },
    {
      section: 'ingest-errors',
      says: 'The ingest failed more than once within an hour.',
      metric: new MathExpression({
        expression: 'FILL(calls, 0) + FILL(messages, 0)',
        usingMetrics: {
          calls: ingestion.handler.metricErrors(),
          messages: ownMetric(ingestion, 'FailedMessages', HOUR),
        },
        period: HOUR,
        label: 'failures',
      }),
      when: { atLeast: 2 },
    },
    {
      section: 'registry-not-applied',
      says: 'The campaigns file or the day keys did not reach the edge.',
      metric: collector.edgeState.handler.metricErrors({ period: HOUR, statistic: SUM }),
      when: { atLeast: 1 },
    },
    {
      section: 'no-key-for-tomorrow',
      says: 'The edge has no key for tomorrow, or nobody has looked for more than a day.',
      metric: ownMetric(collector, 'KeysAhead', Duration.hours(6), 'Minimum'),
      when: { below: 1 },
      // The keys are looked after once a day.
      periods: 5,
      silence: 'rings',
    },
    {
      section: 'merge-does-not-run',
      says: 'No merge has come to a good end for three hours.',
      metric: ownMetric(merge, 'Merges', HOUR),
      when: { below: 1 },
      periods: 3,
      silence: 'rings',
    },
    {
      section: 'merge-check-failed',
      says: 'After a merge loads were missing or doubled, so nothing was deleted.',
      metric: ownMetric(merge, 'FailedChecks', HOUR),
      when: { atLeast: 1 },
    },
    {
      section: 'athena-bytes',
      says: `Statements on Athena read more than ${watched.config.alarms.athenaGigabytes} GB in a day.`,
      metric: athenaBytes(watched.tables.workgroups, DAY),
      when: { atLeast: watched.config.alarms.athenaGigabytes * 1e9 },
    },
    ...(reporting === undefined ? [] : [reportFailed(reporting.handler.metricErrors({ period: HOUR }))]),
  ];
}

/** Alarms on CloudFront's own metrics, which are in us-east-1. */
export function edgeAlarmsOf({ collector }: Watched): readonly AlarmEntry[] {
  const { functionName } = collector.edgeFunction;
  return [
    {
      section: 'edge-function-errors',
      says: 'The edge function failed, so viewers got an error instead of the image.',
      metric: new MathExpression({
        expression: 'FILL(failed, 0) + FILL(refused, 0) + FILL(throttled, 0)',
        usingMetrics: {
          failed: edgeFunctionMetric(functionName, 'FunctionExecutionErrors', SUM),
          refused: edgeFunctionMetric(functionName, 'FunctionValidationErrors', SUM),
          throttled: edgeFunctionMetric(functionName, 'FunctionThrottles', SUM),
        },
        period: MINUTES,
        label: 'errors',
      }),
      when: { atLeast: 1 },
    },
    {
      section: 'edge-function-compute',
      says: 'The edge function uses most of the time that CloudFront gives it.',
      metric: edgeFunctionMetric(functionName, 'FunctionComputeUtilization', 'Average'),
      when: { atLeast: 80 },
      periods: 3,
    },
  ];
}

const reportFailed = (metric: IMetric): AlarmEntry => ({
  section: 'report-failed',
  says: 'The report could not be made or sent.',
  metric,
  when: { atLeast: 1 },
});
