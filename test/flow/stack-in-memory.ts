import { expect } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { parseConfig } from '../../core/config.ts';
import type { IngestClassifier } from '../../core/ingest-settings.ts';
import { STACK_OUTPUTS } from '../../core/layout.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { ingestBatch } from '../../lambda/ingest-batch.ts';
import type { MergeHost } from '../../lambda/merge-tables.ts';
import { mergeSql, reclassifySql } from '../../local/sql-texts.ts';
import type { DuckdbAthena } from './duckdb-athena.ts';
import { FakeS3 } from './fake-s3.ts';
import { arrival, batch, NOTHING_FORGOTTEN } from './logs.ts';

const CALL_MS = 900_000;
const TODAY = createClassifier();
const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** Buckets `logs` and `data`, with the registry that a deployment makes. */
export function deployedS3(): FakeS3 {
  const s3 = new FakeS3();
  s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"UTC"}]');
  s3.put('data/registry/assets.json', '[]');
  s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
  return s3;
}

/** What CloudFormation says of the stack over those buckets. */
export const cloudFormation = {
  send: (async () => ({
    Stacks: [
      {
        Outputs: Object.entries(STACK_OUTPUTS).map(([part, OutputKey]) => ({
          OutputKey,
          OutputValue: part === 'logBucket' ? 'logs' : 'data',
        })),
      },
    ],
  })) as never,
};

/** Ingests an object of the bucket `logs`, as the queue tells of it; answers whether it could be. */
export async function ingestObject(
  s3: FakeS3,
  key: string,
  classifier: IngestClassifier = TODAY,
): Promise<boolean> {
  const { batchItemFailures } = await ingestBatch(batch(arrival(key)), {
    logs: (bucket) => new BucketObjects(s3.client, bucket),
    data: new BucketObjects(s3.client, 'data'),
    classifier,
    logger: SILENT,
    remembered: new Map(),
    publish: () => {},
  });
  return batchItemFailures.length === 0;
}

/** A log object, put and ingested. */
export async function deliverObject(
  s3: FakeS3,
  key: string,
  bytes: Uint8Array,
  classifier?: IngestClassifier,
): Promise<void> {
  s3.put(`logs/logs/${key}`, bytes);
  expect(await ingestObject(s3, `logs/${key}`, classifier)).toBe(true);
}

/** One call of the merge function at an instant, with a quarter of an hour for it; `own` is what a test has instead. */
export const mergeHost = (
  s3: FakeS3,
  athena: DuckdbAthena,
  now: number,
  own: Partial<MergeHost> = {},
): MergeHost => ({
  data: new BucketObjects(s3.client, 'data'),
  sql: mergeSql(),
  retention: parseConfig({}).retention,
  requests: { sql: '', read: async () => [] },
  reclassify: { sql: reclassifySql(), classifier: () => TODAY },
  holder: `call at ${now}`,
  now,
  until: now + CALL_MS,
  remainingMs: () => CALL_MS,
  pause: async () => {},
  openWarehouse: (onStart) => athena.warehouse(onStart),
  logger: SILENT,
  publish: () => {},
  ...own,
});
