import { CustomResource, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Handler } from './handler.ts';

export interface DeployStepProps {
  readonly handler: Handler;
  /** What the function is told; it runs again whenever this changes. */
  readonly properties: Record<string, unknown>;
}

/** Runs a function of lambda/ while the stack is deployed; what depends on this waits for its end. */
export class DeployStep extends CustomResource {
  constructor(scope: Construct, id: string, props: DeployStepProps) {
    super(scope, id, {
      resourceType: `Custom::ClearPixel${id}`,
      serviceToken: props.handler.functionArn,
      properties: props.properties,
      // A function that dies without an answer would else hold the deployment for an hour.
      serviceTimeout: Duration.minutes(16),
    });
  }
}
