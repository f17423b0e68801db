import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct, IConstruct } from 'constructs';
import { metricNamespace } from '../core/metrics.ts';
import { BUNDLING } from './bundling.ts';
import { allowing, type Grantee } from './grantee.ts';
import { projectFile } from './project.ts';

export interface HandlerProps {
  /** File name below lambda/, without its ending. */
  readonly entry: string;
  readonly description: string;
  /** In MB; 1,769 is one whole processor. */
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment?: Record<string, string>;
  /**
   * Further attempts of Lambda when an asynchronous call failed.
   * @default 2
   */
  readonly retryAttempts?: number;
}

/** A function of lambda/: Node 24 on arm64, with a log group of its own and no right but to write to it. */
export class Handler extends NodejsFunction implements Grantee {
  constructor(scope: Construct, id: string, props: HandlerProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: props.description,
      entry: projectFile('lambda', `${props.entry}.ts`),
      // Nothing is installed for a bundle, and a package carries no lock file: this one stands for the project's place.
      depsLockFilePath: projectFile('package.json'),
      projectRoot: projectFile(),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      maxEventAge: Duration.hours(1),
      retryAttempts: props.retryAttempts ?? 2,
      environment: {
        POWERTOOLS_SERVICE_NAME: props.entry,
        POWERTOOLS_METRICS_NAMESPACE: metricNamespace(Stack.of(scope).stackName),
        ...props.environment,
      },
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      // The SDK that was tested runs, not the one that the runtime happens to hold.
      bundling: { ...BUNDLING, format: OutputFormat.ESM, bundleAwsSDK: true },
    });
  }

  get holder(): IConstruct {
    return this.role ?? this;
  }

  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, object>): void {
    this.addToRolePolicy(allowing(actions, resources, conditions));
  }
}
