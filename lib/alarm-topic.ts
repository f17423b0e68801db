import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

const CLOUDWATCH = new ServicePrincipal('cloudwatch.amazonaws.com');

/** Where the alarms of one region go: encrypted, over TLS, and only alarms of this account and region speak here. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, to: readonly string[]) {
    super(scope, id, {
      displayName: 'clearpixel alarms',
      masterKey: topicKey(scope, `${id}Key`),
      enforceSSL: true,
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [CLOUDWATCH],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': anyAlarm(scope) } },
      }),
    );
    for (const address of to) this.addSubscription(new EmailSubscription(address));
  }
}

/** CloudWatch may not use the key that AWS manages for SNS. Whose alarms may speak is the topic's say. */
function topicKey(scope: Construct, id: string): Key {
  const key = new Key(scope, id, {
    description: 'clearpixel: the texts of alarms on their way to people',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [CLOUDWATCH],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  return key;
}

const anyAlarm = (scope: Construct): string =>
  Stack.of(scope).formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
