import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmEntry } from './alarms.ts';
import { QUARANTINE_DAYS } from './data-bucket.ts';
import type { Watched } from './observability.ts';
import { ownMetric } from './own-metrics.ts';
import type { Reporting } from './reporting.ts';
import { athenaBytes, edgeFunctionMetric } from './service-metrics.ts';

const HOUR = Duration.hours(1);
const MINUTES = Duration.minutes(5);
const SIX_HOURS = Duration.hours(6);
const DAY = Duration.days(1);
const SUM = 'Sum';
/** Days in which people can still mend what is in quarantine. */
const LAST_DAYS = 7;

/** Alarms of the stack's own region. */
export const alarmsOf = (watched: Watched): readonly AlarmEntry[] => [
  ...logAlarms(watched),
  ...keyAlarms(watched),
  ...tableAlarms(watched),
  ...(watched.reporting === undefined ? [] : [reportFailed(watched.reporting)]),
];

const logAlarms = ({ ingestion, merge }: Watched): readonly AlarmEntry[] => [
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
    section: 'requests-not-ingested',
    says: 'CloudFront counts requests, but for twelve hours no log line was ingested.',
    metric: new MathExpression({
      expression: 'IF(FILL(requests, 0) > 0 AND FILL(lines, 0) < 1, 1, 0)',
      usingMetrics: {
        requests: ownMetric(merge, 'Requests', SIX_HOURS),
        lines: ownMetric(ingestion, 'Lines', SIX_HOURS),
      },
      period: SIX_HOURS,
      label: 'requests without lines',
    }),
    when: { atLeast: 1 },
    // A request at the end of one period has its line in the next.
    periods: 2,
  },
  {
    section: 'quarantine-expires',
    says: `A log object in quarantine will be deleted in ${LAST_DAYS} days, and its loads with it.`,
    metric: ownMetric(merge, 'QuarantineDays', DAY, 'Maximum'),
    when: { atLeast: QUARANTINE_DAYS - LAST_DAYS },
  },
];

const keyAlarms = ({ collector }: Watched): readonly AlarmEntry[] => [
  {
    section: 'registry-not-applied',
    says: 'The campaigns file or the day keys did not reach the edge.',
    metric: collector.edgeState.handler.metricErrors({ period: HOUR, statistic: SUM }),
    when: { atLeast: 1 },
  },
  {
    section: 'no-key-for-tomorrow',
    says: 'The edge has no key for tomorrow, or nobody has looked for more than a day.',
    metric: ownMetric(collector, 'KeysAhead', SIX_HOURS, 'Minimum'),
    when: { below: 1 },
    // The keys are looked after once a day.
    periods: 5,
    silence: 'rings',
  },
];

const tableAlarms = ({ config, merge, tables }: Watched): readonly AlarmEntry[] => [
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
    says: `Statements on Athena read more than ${config.alarms.athenaGigabytes} GB in a day.`,
    metric: athenaBytes(tables.workgroups, DAY),
    when: { atLeast: config.alarms.athenaGigabytes * 1e9 },
  },
];

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

const reportFailed = ({ handler }: Reporting): AlarmEntry => ({
  section: 'report-failed',
  says: 'The report could not be made or sent.',
  metric: handler.metricErrors({ period: HOUR, statistic: SUM }),
  when: { atLeast: 1 },
});
