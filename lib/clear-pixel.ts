import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STACK_OUTPUTS } from '../core/layout.ts';
import { type Config, type ConfigInput, checkConfig } from './check-config.ts';
import { Collector } from './collector.ts';
import { dataBucket } from './data-bucket.ts';
import { Ingestion, logBucket } from './ingestion.ts';
import { allowLogDelivery, LogDelivery } from './log-delivery.ts';
import { Merge } from './merge.ts';
import { explainNotifications } from './notifications.ts';
import { Observability } from './observability.ts';
import { People } from './people.ts';
import { Reporting } from './reporting.ts';
import { EDGE_REGION } from './service-metrics.ts';
import { Tables } from './tables.ts';

export { type Config, type ConfigInput, checkConfig };

/**
 * Campaign measurement on one account: a pixel, its logs, tables, and a report.
 * @example new ClearPixel(this, 'Pixel', { timeZone: 'Europe/Berlin' })
 */
export class ClearPixel extends Construct {
  constructor(scope: Construct, id: string, input: ConfigInput = {}) {
    super(scope, id);
    const config = checkConfig(input);
    const data = dataBucket(this, 'Data', config);
    const logs = logBucket(this, 'Logs', config);
    const edge = edgeScope(this);
    const collector = new Collector(this, 'Collector', { config, data });
    const { distribution } = collector;
    allowLogDelivery(logs);
    new LogDelivery(edge, 'LogDelivery', { distribution, logs });
    const ingestion = new Ingestion(this, 'Ingestion', { config, logs, data });
    const { arrivals, deadLetters } = ingestion;
    const tables = new Tables(this, 'Tables', { config, data });
    const merge = new Merge(this, 'Merge', { config, data, tables, distribution });
    const { from } = config.report;
    const reporting =
      from === undefined ? undefined : new Reporting(this, 'Reporting', { config, from, data, tables });
    const watched = { config, edge, collector, ingestion, tables, merge, reporting };
    new Observability(this, 'Observability', watched);
    new People(this, 'People', { logs, data, ingestion, tables });
    explainNotifications(this);
    nameForCommands(this, {
      logBucket: logs.bucketName,
      dataBucket: data.bucketName,
      arrivals: arrivals.queueUrl,
      deadLetters: deadLetters.queueUrl,
      database: tables.database,
      workgroup: tables.operators.name,
    });
    new CfnOutput(this, 'PixelUrl', {
      value: `https://${config.domain?.name ?? distribution.domainName}/p.gif`,
    }).overrideLogicalId('PixelUrl');
  }
}

/** Outputs under the very names that the commands ask for: CDK's own would end in a hash. */
function nameForCommands(scope: Construct, values: Record<keyof typeof STACK_OUTPUTS, string>): void {
  for (const [part, value] of Object.entries(values)) {
    const name = STACK_OUTPUTS[part as keyof typeof STACK_OUTPUTS];
    new CfnOutput(scope, name, { value }).overrideLogicalId(name);
  }
}

/** What AWS has in us-east-1 only: in the stack itself where that is there or open until deploy, else in a small one beside it. */
function edgeScope(scope: Construct): Construct {
  const stack = Stack.of(scope);
  if (stack.region === EDGE_REGION || Token.isUnresolved(stack.region)) return scope;
  return new Stack(scope, 'Edge', {
    // The stack may be in several regions of an account, and this one is always in the same.
    stackName: `${stack.stackName}-edge-${stack.region}`,
    description: 'clearpixel: log delivery of CloudFront and alarms on it, which AWS has in us-east-1 only',
    env: { account: stack.account, region: EDGE_REGION },
  });
}
