import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
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
