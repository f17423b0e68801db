import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/** Where the alarms of one region go: encrypted, over TLS, and only CloudWatch of this account speaks here. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, to: readonly string[]) {
    const fromAlarms = {
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    };
    // CloudWatch may not use the key that AWS manages for SNS.
    const masterKey = new Key(scope, `${id}Key`, {
      description: 'clearpixel: the texts of alarms on their way to people',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(7),
    });
    masterKey.addToResourcePolicy(
      new PolicyStatement({
        ...fromAlarms,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    super(scope, id, { displayName: 'clearpixel alarms', masterKey, enforceSSL: true });
    this.addToResourcePolicy(
      new PolicyStatement({ ...fromAlarms, actions: ['sns:Publish'], resources: [this.topicArn] }),
    );
    for (const address of to) this.addSubscription(new EmailSubscription(address));
  }
}
