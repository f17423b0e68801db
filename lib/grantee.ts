import type { IConstruct } from 'constructs';

/** Who is given rights: a function, or a policy for people. */
export interface Grantee extends IConstruct {
  /** Construct below which the rights end up; cdk-nag looks there. */
  readonly holder: IConstruct;
  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, object>): void;
  /** Functions are told where things are; people look. */
  addEnvironment?(name: string, value: string): unknown;
}
