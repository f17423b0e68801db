import { type CfnElement, Stack, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Gives cdk-nag the reason for a star behind the ARN of a resource; it knows the finding by the resource's logical id. */
export function acknowledgeStar(
  grantee: IConstruct,
  resource: IConstruct,
  suffix: string,
  reason: string,
): void {
  const logicalId = Stack.of(resource).getLogicalId(resource.node.defaultChild as CfnElement);
  Validations.of(grantee).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>${suffix}]`,
    reason,
  });
}

/** The same where the star ends an ARN of the stack's own account and region, such as `table/database/*`. */
export function acknowledgeArnStar(
  grantee: IConstruct,
  { service, resource }: { readonly service: string; readonly resource: string },
  reason: string,
): void {
  const { partition, region, account } = Stack.of(grantee);
  const place = [
    known(partition, 'Partition'),
    service,
    known(region, 'Region'),
    known(account, 'AccountId'),
  ].join(':');
  Validations.of(grantee).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:${place}:${resource}]`,
    reason,
  });
}

/** As cdk-nag writes what is open until deploy. */
const known = (value: string, name: string): string => (Token.isUnresolved(value) ? `<AWS::${name}>` : value);
