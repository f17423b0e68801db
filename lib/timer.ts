import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ContextAttribute,
  Schedule,
  type ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { Handler } from './handler.ts';
import { acknowledgeStar } from './star.ts';

export interface TimerProps {
  readonly handler: Handler;
  readonly description: string;
  readonly schedule: ScheduleExpression;
  /**
   * What the function is told besides the time.
   * @default - nothing
   */
  readonly input?: Readonly<Record<string, string>>;
}

/** Calls a function on a schedule and tells it the scheduled time, so that a late or repeated call means the same. */
export class Timer extends Construct {
  constructor(scope: Construct, id: string, props: TimerProps) {
    super(scope, id);
    const ownAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: ownAccount }),
    });
    acknowledgeStar(
      role,
      props.handler,
      ':*',
      'The star stands for versions and aliases of this one function.',
    );
    const input = ScheduleTargetInput.fromObject({
      scheduledTime: ContextAttribute.scheduledTime,
      ...props.input,
    });
    new Schedule(this, 'Schedule', {
      description: props.description,
      schedule: props.schedule,
      target: new LambdaInvoke(props.handler, { role, input }),
    });
  }
}
