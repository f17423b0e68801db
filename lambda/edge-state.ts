import { randomBytes } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { S3Client } from '@aws-sdk/client-s3';
import '@aws-sdk/signature-v4a';
import type { CloudFormationCustomResourceEvent, S3Event } from 'aws-lambda';
import { BucketObjects } from './bucket.ts';
import { answerDeployment, isDeployment } from './custom-resource.ts';
import { EdgeStore } from './edge-store.ts';
import { updateEdge } from './edge-update.ts';
import { requireEnv } from './environment.ts';
import { publish } from './publish.ts';

const logger = new Logger();
const host = {
  // Every region of the store is asked with one signature, which the package imported above makes.
  store: new EdgeStore(new CloudFrontKeyValueStoreClient(), requireEnv('STORE_ARN')),
  data: new BucketObjects(new S3Client(), requireEnv('DATA_BUCKET')),
  timeZone: requireEnv('TIME_ZONE'),
  now: Date.now,
  publish,
  newKey: () => randomBytes(32).toString('hex'),
};

const update = async (): Promise<void> =>
  logger.info('edge store is up to date', { ...(await updateEdge(host)) });

/** Called at deploy, daily and when the registry changes: each time it does all that is due. */
export async function handler(event: CloudFormationCustomResourceEvent | S3Event | object): Promise<void> {
  if (!isDeployment(event)) return update();
  // Registry and keys go with their bucket and store.
  await answerDeployment(event, async () => (event.RequestType === 'Delete' ? undefined : update()));
}
