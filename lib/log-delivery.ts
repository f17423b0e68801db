import { ArnFormat, Names, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DELIVERED_FIELDS, PREFIXES } from '../core/layout.ts';

export interface LogDeliveryProps {
  readonly distribution: IDistribution;
  readonly logs: IBucket;
}

/** CloudFront's standard logging v2 with the chosen fields. AWS takes these three resources in us-east-1 only. */
export class LogDelivery extends Construct {
  constructor(scope: Construct, id: string, props: LogDeliveryProps) {
    super(scope, id);
    // Names live in the account, not in the stack.
    const name = Names.uniqueResourceName(this, {
      maxLength: 60,
      separator: '-',
      allowedSpecialCharacters: '-',
    });
    const source = new CfnDeliverySource(this, 'Source', {
      name,
      logType: 'ACCESS_LOGS',
      resourceArn: props.distribution.distributionArn,
    });
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name,
      outputFormat: 'w3c',
      destinationResourceArn: `${arnOf(props.logs)}/${PREFIXES.logs.slice(0, -1)}`,
    });
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
      recordFields: [...DELIVERED_FIELDS],
      s3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
      s3EnableHiveCompatiblePath: false,
    });
    delivery.addResourceDependency(source);
    // AWS writes a policy of its own into a bucket without one, and CloudFormation then refuses to make ours.
    if (props.logs.policy !== undefined) delivery.node.addDependency(props.logs.policy);
  }
}

/** The ARN as CloudFormation knows it: another region's stack reads it there, so the bucket needs no name of its own. */
const arnOf = (bucket: IBucket): string => (bucket.node.defaultChild as CfnBucket).attrArn;

/** What AWS asks of the bucket; it would else be added behind the template's back and overwritten by the next update. */
export function allowLogDelivery(logs: IBucket): void {
  const stack = Stack.of(logs);
  logs.addToResourcePolicy(
    new PolicyStatement({
      sid: 'CloudFrontLogDelivery',
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [logs.arnForObjects(`${PREFIXES.logs}*`)],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account, 's3:x-amz-acl': 'bucket-owner-full-control' },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({
            service: 'logs',
            region: 'us-east-1',
            resource: 'delivery-source',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
}
