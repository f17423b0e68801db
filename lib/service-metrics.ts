import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Workgroup } from './workgroup.ts';

/** CloudFront's metrics, its log delivery and its certificates live there, wherever the rest is. */
export const EDGE_REGION = 'us-east-1';

/** A metric of a CloudFront function: CloudWatch has it in us-east-1 only. */
export const edgeFunctionMetric = (functionName: string, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: 'AWS/CloudFront',
    metricName,
    dimensionsMap: { FunctionName: functionName, Region: 'Global' },
    statistic,
    period: Duration.minutes(5),
  });

/** A metric of a distribution: CloudWatch has it in us-east-1 only. */
export const distributionMetric = (distributionId: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/CloudFront',
    metricName,
    dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
    statistic: 'Sum',
    period: Duration.hours(1),
  });

/**
 * Bytes that the statements of workgroups read. AWS names three dimensions without saying in which combinations they
 * come, so the larger of both readings counts.
 */
export function athenaBytes(workgroups: readonly Workgroup[], period: Duration): IMetric {
  const usingMetrics: Record<string, IMetric> = {};
  const larger = workgroups.map(({ name }, index) => {
    usingMetrics[`all${index}`] = scanned({ WorkGroup: name });
    usingMetrics[`done${index}`] = scanned({ WorkGroup: name, QueryType: 'DML', QueryState: 'SUCCEEDED' });
    return `MAX([FILL(all${index}, 0), FILL(done${index}, 0)])`;
  });
  return new MathExpression({ expression: larger.join(' + '), usingMetrics, period, label: 'bytes' });
}

const scanned = (dimensionsMap: Record<string, string>): Metric =>
  new Metric({ namespace: 'AWS/Athena', metricName: 'ProcessedBytes', dimensionsMap, statistic: 'Sum' });
