import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { allowing, type Grantee } from './grantee.ts';

/** A policy that an account attaches to the roles of its people; CloudFormation names it, so that no two stacks clash. */
export class PersonPolicy extends ManagedPolicy implements Grantee {
  get holder(): IConstruct {
    return this;
  }

  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, object>): void {
    this.addStatements(allowing(actions, resources, conditions));
  }
}
