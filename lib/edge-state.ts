import { Duration, TimeZone } from 'aws-cdk-lib';
import { KeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import { EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { REGISTRY_FILES, TABLE_PREFIXES } from '../core/layout.ts';
import { accountName } from './account-name.ts';
import { DeployStep } from './deploy-step.ts';
import { Handler } from './handler.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { Timer } from './timer.ts';

export interface EdgeStateProps {
  readonly config: Config;
  readonly data: PrivateBucket;
}

/** What the edge knows (day keys, campaign switches), and the one function that writes it. */
export class EdgeState extends Construct {
  readonly store: KeyValueStore;
  /** Done when the store holds keys; the distribution waits for it. */
  readonly seeded: DeployStep;
  readonly handler: Handler;

  constructor(scope: Construct, id: string, props: EdgeStateProps) {
    super(scope, id);
    this.store = new KeyValueStore(this, 'Store', {
      keyValueStoreName: accountName(this, 'Store'),
      comment: 'clearpixel: day keys and campaign switches',
    });
    const handler = this.writer(props);
    this.handler = handler;
    this.seeded = new DeployStep(this, 'EdgeKeys', {
      handler,
      properties: { timeZone: props.config.timeZone },
    });
    // A key goes soon after its day; the next ones are two days ahead, so a missed run costs nothing.
    new Timer(this, 'Daily', {
      handler,
      description: 'clearpixel: keys of the coming days, away with those of past ones',
      schedule: ScheduleExpression.cron({
        minute: '5',
        hour: '0',
        timeZone: TimeZone.of(props.config.timeZone),
      }),
    });
    props.data.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(handler), {
      prefix: REGISTRY_FILES.campaigns,
    });
  }

  private writer({ config, data }: EdgeStateProps): Handler {
    const handler = new Handler(this, 'Function', {
      entry: 'edge-state',
      description: 'clearpixel: only writer of the edge store',
      memorySize: 256,
      timeout: Duration.minutes(5),
      environment: {
        STORE_ARN: this.store.keyValueStoreArn,
        DATA_BUCKET: data.bucketName,
        TIME_ZONE: config.timeZone,
      },
    });
    handler.allow(
      [
        'cloudfront-keyvaluestore:DescribeKeyValueStore',
        'cloudfront-keyvaluestore:ListKeys',
        'cloudfront-keyvaluestore:UpdateKeys',
      ],
      [this.store.keyValueStoreArn],
    );
    data.allowRead(handler, `${REGISTRY_FILES.campaigns}*`, REGISTRY_FILES.zones);
    data.allowWrite(
      handler,
      REGISTRY_FILES.zones,
      REGISTRY_FILES.carried,
      REGISTRY_FILES.forgotten,
      `${TABLE_PREFIXES.tables}campaigns/*`,
    );
    data.allowList(handler, REGISTRY_FILES.campaigns);
    return handler;
  }
}
