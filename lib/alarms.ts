import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';

/** One alarm; its section of docs/runbook.md says what to look at and what to do. */
export interface AlarmEntry {
  /** Anchor of its section in docs/runbook.md, and its name after the stack's. */
  readonly section: string;
  /** What is wrong, in one sentence. */
  readonly says: string;
  /** With its statistic and period. */
  readonly metric: IMetric;
  /** It rings when the metric is there. */
  readonly when: { readonly atLeast: number } | { readonly below: number };
  /**
   * Periods in a row.
   * @default 1
   */
  readonly periods?: number;
  /**
   * What a period without data means: nothing happened, which is well, or what should have happened did not.
   * @default 'well'
   */
  readonly silence?: 'well' | 'rings';
}

export interface AlarmsProps {
  /** E-mail addresses. */
  readonly to: readonly string[];
  readonly entries: readonly AlarmEntry[];
}

/** The alarms of one region, and the topic that tells people. */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { to, entries }: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(new AlarmTopic(this, 'Topic', to));
    this.alarms = entries.map((entry) => {
      const alarm = new Alarm(this, entry.section, {
        alarmName: `${Stack.of(this).stackName}-${entry.section}`,
        alarmDescription: `${entry.says} What to do: docs/runbook.md#${entry.section}`,
        metric: entry.metric,
        ...conditionOf(entry.when),
        evaluationPeriods: entry.periods ?? 1,
        treatMissingData:
          entry.silence === 'rings' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }
}

const conditionOf = (
  when: AlarmEntry['when'],
): { readonly threshold: number; readonly comparisonOperator: ComparisonOperator } =>
  'atLeast' in when
    ? {
        threshold: when.atLeast,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      }
    : { threshold: when.below, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD };
