import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { PREFIXES, REGISTRY_FILES } from '../core/layout.ts';
import { FILE_TABLES, TABLES } from '../core/schema.ts';
import { VIEWS } from '../core/views.ts';
import { Handler } from './handler.ts';
import type { PrivateBucket } from './private-bucket.ts';
import type { Tables } from './tables.ts';
import { Timer } from './timer.ts';

export interface MergeProps {
  readonly data: PrivateBucket;
  readonly tables: Tables;
}

/** Brings fresh files into the tables, hourly. The one writer of them: a lease keeps a second call waiting. */
export class Merge extends Construct {
  constructor(scope: Construct, id: string, props: MergeProps) {
    super(scope, id);
    const handler = this.handler(props);
    new Timer(this, 'Hourly', {
      handler,
      description: 'clearpixel: fresh files into the tables',
      schedule: ScheduleExpression.cron({ minute: '10' }),
    });
  }

  private handler({ data, tables }: MergeProps): Handler {
    const handler = new Handler(this, 'Function', {
      entry: 'merge',
      description: 'clearpixel: merges fresh files, counts, checks',
      memorySize: 512,
      timeout: Duration.minutes(15),
      // The next hour goes on where this one failed.
      retryAttempts: 0,
      environment: { DATA_BUCKET: data.bucketName },
    });
    tables.merges.allowQueries(handler);
    tables.allowRead(
      handler,
      [...TABLES, ...FILE_TABLES, ...VIEWS].map(({ name }) => name),
    );
    const written = TABLES.map(({ name }) => name);
    tables.allowWrite(handler, written);
    tables.allowDelete(handler, written);
    data.allowDelete(handler, `${PREFIXES.fresh}*`);
    data.allowRead(handler, REGISTRY_FILES.lease);
    data.allowWrite(handler, REGISTRY_FILES.lease);
    return handler;
  }
}
