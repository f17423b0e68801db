import { Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Watched } from './observability.ts';
import { ownMetric } from './own-metrics.ts';
import { athenaBytes, distributionMetric, EDGE_REGION, edgeFunctionMetric } from './service-metrics.ts';

const HOUR = Duration.hours(1);
const WHOLE = 24;

export interface OverviewProps {
  readonly watched: Watched;
  /** Alarms of this region. */
  readonly alarms: readonly Alarm[];
}

/** One page: what arrives at the edge, what becomes of its logs, what it costs to read them. */
export class Overview extends Dashboard {
  constructor(scope: Construct, id: string, { watched, alarms }: OverviewProps) {
    const { stackName, region } = Stack.of(scope);
    super(scope, id, {
      // Dashboards are the account's, not the region's.
      dashboardName: `${stackName}-${region}`,
      widgets: [
        [explanation(stackName)],
        [new AlarmStatusWidget({ title: 'Alarms', width: WHOLE, height: 3, alarms: [...alarms] })],
        edgeWidgets(watched),
        logWidgets(watched),
        tableWidgets(watched),
        promiseWidgets(watched),
      ],
    });
  }
}

const explanation = (stackName: string): TextWidget =>
  new TextWidget({
    width: WHOLE,
    height: 2,
    markdown:
      `**${stackName}**: a load is an image request, **not a read receipt**; who displayed what is the report's to say. ` +
      'What each alarm means and what to do: `docs/runbook.md`.',
  });

const graph = (title: string, left: readonly IMetric[], region?: string): GraphWidget =>
  new GraphWidget({ title, width: WHOLE / 3, height: 6, left: [...left], leftYAxis: { min: 0 }, region });

function edgeWidgets({ collector }: Watched): GraphWidget[] {
  const { distributionId } = collector.distribution;
  const { functionName } = collector.edgeFunction;
  const ofFunction = (name: string, statistic = 'Sum'): IMetric =>
    edgeFunctionMetric(functionName, name, statistic).with({ region: EDGE_REGION });
  const requests = distributionMetric(distributionId, 'Requests').with({ region: EDGE_REGION });
  const errors = ['FunctionExecutionErrors', 'FunctionValidationErrors', 'FunctionThrottles'];
  const time = ['Average', 'Maximum'];
  return [
    graph('Requests at the edge', [requests], EDGE_REGION),
    graph(
      'Errors of the edge function',
      errors.map((name) => ofFunction(name)),
      EDGE_REGION,
    ),
    graph(
      'Time of the edge function, % of its limit',
      time.map((statistic) => ofFunction('FunctionComputeUtilization', statistic)),
      EDGE_REGION,
    ),
  ];
}

function logWidgets({ ingestion, merge }: Watched): GraphWidget[] {
  const { arrivals, deadLetters } = ingestion;
  return [
    graph('Requests and their log lines, which come later', [
      ownMetric(merge, 'Requests', HOUR, 'Maximum'),
      ownMetric(ingestion, 'Lines', HOUR),
      ownMetric(ingestion, 'Drops', HOUR),
    ]),
    graph('Log objects that wait', [
      arrivals.metricApproximateNumberOfMessagesVisible({ label: 'arrivals' }),
      deadLetters.metricApproximateNumberOfMessagesVisible({ label: 'dead letters' }),
    ]),
    graph('Log objects that failed', [
      ownMetric(ingestion, 'FailedMessages', HOUR),
      ownMetric(ingestion, 'Quarantined', HOUR),
    ]),
  ];
}

const tableWidgets = ({ merge, tables }: Watched): GraphWidget[] => [
  graph('Rows that were merged', [
    ownMetric(merge, 'MergedRows', HOUR),
    ownMetric(merge, 'Duplicates', HOUR),
    ownMetric(merge, 'TooOld', HOUR),
  ]),
  graph('Merges', [ownMetric(merge, 'Merges', HOUR), ownMetric(merge, 'FailedChecks', HOUR)]),
  graph('Bytes that Athena read', [athenaBytes(tables.workgroups, HOUR)]),
];

const promiseWidgets = ({ collector, reporting }: Watched): GraphWidget[] => [
  graph('Days ahead with a key', [ownMetric(collector, 'KeysAhead', HOUR, 'Minimum')]),
  ...(reporting === undefined
    ? []
    : [
        graph('Reports', [
          ownMetric(reporting, 'ReportsSent', HOUR),
          reporting.handler.metricErrors({ period: HOUR, label: 'failed attempts' }),
        ]),
      ]),
];
