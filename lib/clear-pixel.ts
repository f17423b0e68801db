import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STACK_OUTPUTS } from '../core/layout.ts';
import { type Config, type ConfigInput, checkConfig } from './check-config.ts';
import { Collector } from './collector.ts';
import { dataBucket } from './data-bucket.ts';
import { Ingestion, logBucket } from './ingestion.ts';
import { allowLogDelivery, LogDelivery, type LogDeliveryProps } from './log-delivery.ts';
import { Merge } from './merge.ts';
import { explainNotifications } from './notifications.ts';
import { Reporting } from './reporting.ts';
import { Tables } from './tables.ts';

export { type Config, type ConfigInput, checkConfig };

/** CloudFront's log delivery, its metrics and its certificates live there, wherever the rest is. */
const EDGE_REGION = 'us-east-1';

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
    const { distribution } = new Collector(this, 'Collector', { config, data });
    allowLogDelivery(logs);
    deliverLogs(this, { distribution, logs });
    const { arrivals, deadLetters } = new Ingestion(this, 'Ingestion', { config, logs, data });
    const tables = new Tables(this, 'Tables', { config, data });
    new Merge(this, 'Merge', { config, data, tables });
    const { from } = config.report;
    if (from !== undefined) new Reporting(this, 'Reporting', { config, from, data, tables });
    explainNotifications(this);
    nameForCommands(this, {
      logBucket: logs.bucketName,
      dataBucket: data.bucketName,
      arrivals: arrivals.queueUrl,
      deadLetters: deadLetters.queueUrl,
    });
    new CfnOutput(this, 'PixelUrl', {
      value: `https://${config.domain?.name ?? distribution.domainName}/p.gif`,
    });
  }
}

/** Outputs under the very names that `clearpixel replay` asks for: CDK's own would end in a hash. */
function nameForCommands(scope: Construct, values: Record<keyof typeof STACK_OUTPUTS, string>): void {
  for (const [part, value] of Object.entries(values)) {
    const name = STACK_OUTPUTS[part as keyof typeof STACK_OUTPUTS];
    new CfnOutput(scope, name, { value }).overrideLogicalId(name);
  }
}

/** In the stack itself where it is in us-east-1 or its region is open until deploy; else in a small one beside it. */
function deliverLogs(scope: Construct, props: LogDeliveryProps): void {
  const stack = Stack.of(scope);
  if (stack.region === EDGE_REGION || Token.isUnresolved(stack.region)) {
    new LogDelivery(scope, 'LogDelivery', props);
    return;
  }
  const edge = new Stack(scope, 'Edge', {
    stackName: `${stack.stackName}-edge`,
    description: 'clearpixel: log delivery of CloudFront, which AWS takes in us-east-1 only',
    env: { account: stack.account, region: EDGE_REGION },
  });
  new LogDelivery(edge, 'LogDelivery', props);
}
