import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS, type MetricName, type Publish } from '../core/metrics.ts';

/** Namespace and service come from the environment, which lib/handler.ts sets. */
const metrics = new Metrics();

/** Writes figures into the function's log in the form that CloudWatch makes metrics of. */
export const publish: Publish = (figures) => {
  for (const [name, value] of Object.entries(figures)) {
    metrics.addMetric(name, METRICS[name as MetricName].unit, value);
  }
  metrics.publishStoredMetrics();
};
