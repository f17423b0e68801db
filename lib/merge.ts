import { Duration, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { PREFIXES, REGISTRY_FILES } from '../core/layout.ts';
import { FILE_TABLES, TABLES } from '../core/schema.ts';
import { VIEWS } from '../core/views.ts';
import { Handler } from './handler.ts';
import type { PrivateBucket } from './private-bucket.ts';
import type { Tables } from './tables.ts';
import { Timer } from './timer.ts';

export interface MergeProps {
  readonly config: Config;
  readonly data: PrivateBucket;
  readonly tables: Tables;
}

/** Brings fresh files into the tables, hourly, and keeps the tables small, nightly. The one writer of them: a lease keeps a second call waiting. */
export class Merge extends Construct {
  readonly handler: Handler;

  constructor(scope: Construct, id: string, props: MergeProps) {
    super(scope, id);
    const handler = this.writer(props);
    this.handler = handler;
    new Timer(this, 'Hourly', {
      handler,
      description: 'clearpixel: fresh files into the tables',
      schedule: ScheduleExpression.cron({ minute: '10' }),
    });
    // Half an hour from the hourly calls, which last 15 minutes at most, and long after every key of the day is gone.
    new Timer(this, 'Nightly', {
      handler,
      description: 'clearpixel: rewrites files with deleted rows, drops old ones',
      schedule: ScheduleExpression.cron({
        minute: '40',
        hour: '3',
        timeZone: TimeZone.of(props.config.timeZone),
      }),
      input: { task: 'night' },
    });
  }

  private writer({ data, tables }: MergeProps): Handler {
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
    const own = [REGISTRY_FILES.lease, REGISTRY_FILES.upkeep, REGISTRY_FILES.night];
    data.allowRead(handler, ...own);
    data.allowWrite(handler, ...own);
    return handler;
  }
}
