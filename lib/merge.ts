import { Duration, TimeZone, Validations } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { PREFIXES, REGISTRY_FILES } from '../core/layout.ts';
import { TABLES } from '../core/schema.ts';
import { Handler } from './handler.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { EDGE_REGION } from './service-metrics.ts';
import type { Tables } from './tables.ts';
import { Timer } from './timer.ts';

export interface MergeProps {
  readonly config: Config;
  readonly data: PrivateBucket;
  readonly tables: Tables;
  /** Whose requests CloudFront counts. */
  readonly distribution: IDistribution;
}

/** Brings fresh files into the tables, hourly, and keeps the tables small, nightly. The one writer of them: a lease keeps a second call waiting. */
export class Merge extends Construct {
  readonly handler: Handler;

  constructor(scope: Construct, id: string, props: MergeProps) {
    super(scope, id);
    const handler = this.writer(props);
    this.handler = handler;
    new Timer(this, 'Hourly', {
      handler,
      description: 'clearpixel: fresh files into the tables',
      schedule: ScheduleExpression.cron({ minute: '10' }),
    });
    props.data.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(handler), {
      prefix: REGISTRY_FILES.commands,
    });
    // Half an hour from the hourly calls, which last 15 minutes at most, and long after every key of the day is gone.
    new Timer(this, 'Nightly', {
      handler,
      description: 'clearpixel: rewrites files with deleted rows, drops old ones',
      schedule: ScheduleExpression.cron({
        minute: '40',
        hour: '3',
        timeZone: TimeZone.of(props.config.timeZone),
      }),
      input: { task: 'night' },
    });
  }

  private writer({ config, data, tables, distribution }: MergeProps): Handler {
    const handler = new Handler(this, 'Function', {
      entry: 'merge',
      description: 'clearpixel: merges fresh files, counts, checks',
      memorySize: 512,
      timeout: Duration.minutes(15),
      // The next hour goes on where this one failed.
      retryAttempts: 0,
      environment: {
        DATA_BUCKET: data.bucketName,
        DISTRIBUTION_ID: distribution.distributionId,
        RETENTION: JSON.stringify(config.retention),
      },
    });
    tables.merges.allowQueries(handler);
    tables.allowReadAll(handler);
    const written = TABLES.map(({ name }) => name);
    tables.allowWrite(handler, written);
    tables.allowDelete(handler, written);
    data.allowDelete(handler, `${PREFIXES.fresh}*`);
    data.allowList(handler, `${PREFIXES.quarantine}*`);
    const own = [REGISTRY_FILES.lease, REGISTRY_FILES.upkeep, REGISTRY_FILES.night];
    const { commands, answers, forgotten, zones } = REGISTRY_FILES;
    data.allowRead(handler, ...own, zones, forgotten, `${commands}*`);
    data.allowWrite(handler, ...own, forgotten, `${commands}*`, `${answers}*`);
    data.allowDelete(handler, `${commands}*`);
    data.allowList(handler, `${commands}*`);
    allowMetrics(handler);
    return handler;
  }
}

/** Reads of metrics know no resource; the region is all that can be asked for. */
function allowMetrics(handler: Handler): void {
  handler.allow(['cloudwatch:GetMetricData'], ['*'], {
    StringEquals: { 'aws:RequestedRegion': EDGE_REGION },
  });
  Validations.of(handler.holder).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'CloudWatch takes no resource for GetMetricData; it reads numbers, and in us-east-1 only.',
  });
}
