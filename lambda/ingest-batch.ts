import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Ingested, type IngestSettings, ingestLog, LogError } from '../core/ingest.ts';
import { PREFIXES, REGISTRY_FILES } from '../core/layout.ts';
import type { Publish } from '../core/metrics.ts';
import { type Forgotten, forgetter } from '../core/registry/forgotten.ts';
import type { BucketObjects } from './bucket.ts';
import { type LogArrival, readArrivals } from './s3-events.ts';

export interface IngestHost {
  /** The bucket an event names. */
  readonly logs: (bucket: string) => BucketObjects;
  readonly data: BucketObjects;
  readonly classifier: IngestSettings['classifier'];
  readonly logger: Pick<Logger, 'info' | 'error'>;
  /** Settings by what the registry said: what the parser learnt under them outlives a batch. */
  readonly remembered: Map<string, IngestSettings>;
  readonly publish: Publish;
}

/** What became of a batch. */
type Tally = Record<'Lines' | 'Drops' | 'FailedMessages' | 'Quarantined', number>;

/** Ingests what a batch of messages names; the messages that failed come back to the queue, the others do not. */
export async function ingestBatch(event: SQSEvent, host: IngestHost): Promise<SQSBatchResponse> {
  const settings = await readSettings(host);
  const tally: Tally = { Lines: 0, Drops: 0, FailedMessages: 0, Quarantined: 0 };
  const ingest = (record: SQSRecord): Promise<void> => ingestMessage(record, settings, host, tally);
  const response = await processPartialResponse(event, ingest, new BatchProcessor(EventType.SQS), {
    // One log at a time bounds memory by the largest of them.
    processInParallel: false,
    throwOnFullBatchFailure: false,
  });
  host.publish(tally);
  return response;
}

async function readSettings({ data, classifier, remembered }: IngestHost): Promise<IngestSettings> {
  const zones = await data.readJson<IngestSettings['zones']>(REGISTRY_FILES.zones);
  const assets = await data.readJson<IngestSettings['assets']>(REGISTRY_FILES.assets);
  const forgotten = await data.readJson<Forgotten>(REGISTRY_FILES.forgotten);
  const said = JSON.stringify([zones, assets, forgotten]);
  const isForgotten = forgetter(forgotten);
  const settings = remembered.get(said) ?? {
    classifier,
    zones,
    assets,
    ...(isForgotten === null ? {} : { isForgotten }),
  };
  remembered.clear();
  remembered.set(said, settings);
  return settings;
}

async function ingestMessage(
  record: SQSRecord,
  settings: IngestSettings,
  host: IngestHost,
  tally: Tally,
): Promise<void> {
  try {
    for (const arrival of readArrivals(record.body)) await ingestObject(arrival, settings, host, tally);
  } catch (error) {
    tally.FailedMessages += 1;
    if (error instanceof LogError) tally.Quarantined += 1;
    host.logger.error('message failed, it comes again or goes to the dead letters', {
      messageId: record.messageId,
      error: error instanceof Error ? error.message : String(error),
    });
    throw error;
  }
}

async function ingestObject(
  arrival: LogArrival,
  settings: IngestSettings,
  host: IngestHost,
  tally: Tally,
): Promise<void> {
  const { object, lines, rows, drops, days, fresh } = await parse(arrival, settings, host);
  tally.Lines += lines;
  tally.Drops += lines - rows;
  host.logger.info('ingested', { object, lines, rows, drops, days, fresh });
}

/**
 * Keeps a copy of what cannot be parsed: the raw log expires within days, the copy waits for a repair. The message fails
 * all the same, so that it ends among the dead letters, where people are told of it and a replay finds it.
 */
async function parse(
  { bucket, key }: LogArrival,
  settings: IngestSettings,
  host: IngestHost,
): Promise<Ingested> {
  const log = { name: key, bytes: host.logs(bucket).stream(key) };
  try {
    // The name holds the content's hash: whatever lies there under this name is the same file.
    return await ingestLog(log, settings, async ({ name, bytes }) => {
      await host.data.writeIf('absent', `${PREFIXES.fresh}${name}`, bytes);
    });
  } catch (error) {
    if (!(error instanceof LogError)) throw unread(`s3://${bucket}/${key}`, error);
    await host.data.copyFrom(`${bucket}/${key}`, `${PREFIXES.quarantine}${key}`).catch((problem) => {
      throw new Error(`${error.message}; no copy came into quarantine: ${problem}`, { cause: error });
    });
    throw error;
  }
}

/** Whoever may not list a bucket is told of a missing object what it is told of a forbidden one. */
function unread(object: string, cause: unknown): Error {
  const isDenied = cause instanceof Error && cause.name === 'AccessDenied';
  const hint = isDenied ? ' (the object has expired, or the function lacks s3:GetObject)' : '';
  return new Error(`${object}: ${cause}${hint}`, { cause });
}
