import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSHandler } from 'aws-lambda';
import { createClassifier } from '../core/classify/classify.ts';
import { BucketObjects } from './bucket.ts';
import { requireEnv } from './environment.ts';
import { type IngestHost, ingestBatch } from './ingest-batch.ts';
import { publish } from './publish.ts';

const client = new S3Client();
const host: IngestHost = {
  logs: (bucket) => new BucketObjects(client, bucket),
  data: new BucketObjects(client, requireEnv('DATA_BUCKET')),
  classifier: createClassifier(),
  logger: new Logger(),
  remembered: new Map(),
  publish,
};

/** Called with batches of the arrivals queue. */
export const handler: SQSHandler = (event) => ingestBatch(event, host);
