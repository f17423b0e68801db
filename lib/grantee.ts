import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Who is given rights: a function, or a policy for people. */
export interface Grantee extends IConstruct {
  /** Construct below which the rights end up; cdk-nag looks there. */
  readonly holder: IConstruct;
  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, object>): void;
  /** Functions are told where things are; people look. */
  addEnvironment?(name: string, value: string): unknown;
}

/** What `allow` adds to the policy of whoever is given rights. */
export const allowing = (
  ...[actions, resources, conditions]: Parameters<Grantee['allow']>
): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(conditions && { conditions }),
  });
