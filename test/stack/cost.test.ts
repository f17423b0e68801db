import { expect, test } from 'vitest';
import { STACK } from '../../core/cost/work.ts';
import { METRICS } from '../../core/metrics.ts';
import { resourceOf, resourcesOf, templateOf } from './synth.ts';

const template = templateOf();
const memoryOf = (part: string): unknown => resourceOf(template, 'AWS::Lambda::Function', part)['MemorySize'];
interface Alarm {
  readonly Metrics?: readonly { readonly MetricStat?: unknown }[];
}
const alarmMetrics = resourcesOf(template, 'AWS::CloudWatch::Alarm').reduce(
  (sum, [, { Metrics }]: readonly [string, Alarm]) =>
    sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1),
  0,
);
const number = (type: string): number => resourcesOf(template, type).length;

test('what docs/cost.md prices is what the template makes: change core/cost/work.ts, then npm run docs', () => {
  expect({
    memory: {
      ingest: memoryOf('IngestionFunction'),
      merge: memoryOf('MergeFunction'),
      report: memoryOf('ReportingFunction'),
      edgeState: memoryOf('EdgeFunction'),
    },
    alarms: alarmMetrics,
    metrics: Object.keys(METRICS).length,
    keys: number('AWS::KMS::Key'),
    dashboards: number('AWS::CloudWatch::Dashboard'),
    schedules: number('AWS::Scheduler::Schedule'),
  }).toEqual({
    memory: STACK.memory,
    alarms: STACK.alarms,
    metrics: STACK.metrics,
    keys: STACK.keys,
    dashboards: STACK.dashboards,
    schedules: STACK.schedules,
  });
});
