import { expect, test } from 'vitest';
import { STACK } from '../../core/cost/work.ts';
import { resourceOf, resourcesOf, templateOf } from './synth.ts';

const template = templateOf();
const memoryOf = (part: string): unknown => resourceOf(template, 'AWS::Lambda::Function', part)['MemorySize'];
const number = (type: string): number => resourcesOf(template, type).length;

test('what docs/cost.md prices is what the template makes: change core/cost/work.ts, then npm run docs', () => {
  expect({
    memory: {
      ingest: memoryOf('IngestionFunction'),
      merge: memoryOf('MergeFunction'),
      report: memoryOf('ReportingFunction'),
      edgeState: memoryOf('EdgeFunction'),
    },
    alarms: number('AWS::CloudWatch::Alarm') + number('AWS::CloudWatch::CompositeAlarm'),
    dashboards: number('AWS::CloudWatch::Dashboard'),
    schedules: number('AWS::Scheduler::Schedule'),
  }).toEqual({
    memory: STACK.memory,
    alarms: STACK.alarms,
    dashboards: STACK.dashboards,
    schedules: STACK.schedules,
  });
});
