import { type Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { METRICS, type MetricName, metricNamespace } from '../core/metrics.ts';

/** A figure that a function of the stack publishes. */
export const ownMetric = (
  scope: IConstruct,
  metricName: MetricName,
  period: Duration,
  statistic = 'Sum',
): Metric =>
  new Metric({
    namespace: metricNamespace(Stack.of(scope).stackName),
    metricName,
    dimensionsMap: { service: METRICS[metricName].by },
    statistic,
    period,
    label: METRICS[metricName].meaning,
  });
