import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { EventType } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { PREFIXES, REGISTRY_FILES } from '../core/layout.ts';
import { Handler } from './handler.ts';
import { PrivateBucket } from './private-bucket.ts';

/**
 * How long a message can live, counted from its first sending in both queues. A raw log lives longer (config asks for
 * 8 days at least), so that whatever a message names is still there.
 */
const QUEUE_DAYS = 4;
const DEAD_LETTER_DAYS = 7;
const TIMEOUT = Duration.minutes(5);

export interface IngestionProps {
  readonly config: Config;
  readonly logs: PrivateBucket;
  readonly data: PrivateBucket;
}

/** Turns each delivered log object into one fresh file; what cannot be parsed ends in quarantine and in a queue. */
export class Ingestion extends Construct {
  readonly arrivals: Queue;
  readonly deadLetters: Queue;
  readonly handler: Handler;

  constructor(scope: Construct, id: string, props: IngestionProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(DEAD_LETTER_DAYS),
    });
    this.arrivals = this.arrivalsOf(props.logs);
    this.handler = this.parser(props);
    this.handler.addEventSource(
      new SqsEventSource(this.arrivals, {
        batchSize: 50,
        maxBatchingWindow: Duration.minutes(1),
        maxConcurrency: 10,
        reportBatchItemFailures: true,
      }),
    );
  }

  private arrivalsOf(logs: PrivateBucket): Queue {
    const queue = new Queue(this, 'Arrivals', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(QUEUE_DAYS),
      // Lambda asks for six times the function's timeout, and the batching window on top.
      visibilityTimeout: Duration.minutes(6 * TIMEOUT.toMinutes() + 1),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 3 },
    });
    logs.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(queue), { prefix: PREFIXES.logs });
    return queue;
  }

  private parser({ logs, data }: IngestionProps): Handler {
    const handler = new Handler(this, 'Function', {
      entry: 'ingest',
      description: 'clearpixel: classifies the loads of log objects into fresh files',
      memorySize: 1769,
      timeout: TIMEOUT,
      environment: { DATA_BUCKET: data.bucketName },
    });
    logs.allowRead(handler, `${PREFIXES.logs}*`);
    data.allowRead(handler, REGISTRY_FILES.zones, REGISTRY_FILES.assets, REGISTRY_FILES.forgotten);
    data.allowWrite(handler, `${PREFIXES.fresh}*`, `${PREFIXES.quarantine}*`);
    return handler;
  }
}

/** The bucket that CloudFront's log delivery writes to: raw logs live for days, then they are gone. */
export function logBucket(scope: Construct, id: string, config: Config): PrivateBucket {
  return new PrivateBucket(scope, id, {
    atEnd: config.destroyData ? 'empty and delete' : 'stay',
    lifecycleRules: [
      { id: 'ExpireRawLogs', expiration: Duration.days(config.retention.logDays) },
      { id: 'AbortUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
}
