import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { REGISTRY_FILES } from '../core/layout.ts';
import { COUNTED } from './counted.ts';
import { Handler } from './handler.ts';
import type { PrivateBucket } from './private-bucket.ts';
import type { Tables } from './tables.ts';
import { Timer } from './timer.ts';

export interface ReportingProps {
  readonly config: Config;
  /** Verified SES identity that sends. */
  readonly from: string;
  readonly data: PrivateBucket;
  readonly tables: Tables;
}

/** Sends the report by mail, on the config's schedule. */
export class Reporting extends Construct {
  readonly handler: Handler;

  constructor(scope: Construct, id: string, props: ReportingProps) {
    super(scope, id);
    const { report } = props.config;
    this.handler = this.sender(props);
    new Timer(this, 'Schedule', {
      handler: this.handler,
      description: 'clearpixel: the report by mail',
      schedule: ScheduleExpression.expression(report.cron, TimeZone.of(report.timeZone)),
    });
  }

  private sender({ config, from, data, tables }: ReportingProps): Handler {
    const handler = new Handler(this, 'Function', {
      entry: 'report',
      description: 'clearpixel: reads the counts, makes the report, sends it',
      memorySize: 1024,
      timeout: Duration.minutes(10),
      environment: {
        DATA_BUCKET: data.bucketName,
        REPORT_FROM: from,
        REPORT_TO: config.report.to.join(','),
        SKIP_EMPTY: String(config.report.skipEmpty),
        THRESHOLDS: JSON.stringify(config.thresholds),
      },
    });
    tables.reports.allowQueries(handler);
    tables.allowRead(handler, COUNTED);
    data.allowRead(handler, REGISTRY_FILES.zones, `${REGISTRY_FILES.reports}*`);
    data.allowWrite(handler, `${REGISTRY_FILES.reports}*`);
    handler.allow(['ses:SendEmail'], this.identities(from));
    return handler;
  }

  /** SES judges by the verified address or, where only that is verified, by its domain. */
  private identities(from: string): readonly string[] {
    const names = [from, from.slice(from.indexOf('@') + 1)];
    const arn = (resourceName: string): string =>
      Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName });
    return names.map(arn);
  }
}
