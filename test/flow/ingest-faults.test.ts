import { S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { type IngestHost, ingestBatch } from '../../lambda/ingest-batch.ts';
import { FakeAws, xmlRefusal } from './fake-aws.ts';
import { FakeS3 } from './fake-s3.ts';
import { arrival, batch, logFile, logLine, NOTHING_FORGOTTEN } from './logs.ts';

const KEY = 'logs/E2EXAMPLE/2026/11/17/08/E2EXAMPLE.2026-11-17-08.1a2b3c4d.gz';

let s3: FakeS3;
let data: BucketObjects;
let said: string[];

beforeEach(() => {
  s3 = new FakeS3();
  s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"UTC"}]');
  s3.put('data/registry/assets.json', '[]');
  s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
  data = new BucketObjects(s3.client, 'data');
  said = [];
});

/** Ids of the messages that come back to the queue. */
async function failed(key: string, logs: IngestHost['logs'] = (name) => new BucketObjects(s3.client, name)) {
  const error = (...words: readonly unknown[]): void => void said.push(JSON.stringify(words));
  const { batchItemFailures } = await ingestBatch(batch(arrival(key)), {
    logs,
    data,
    classifier: createClassifier(),
    logger: { info: () => {}, error },
    remembered: new Map(),
    publish: () => {},
  });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe('S3 that refuses a log object', () => {
  it.each([
    { code: 'AccessDenied', status: 403, hint: 'has expired, or the function lacks s3:GetObject' },
    { code: 'NoSuchKey', status: 404, hint: 'NoSuchKey' },
    { code: 'KMS.DisabledException', status: 400, hint: 'KMS.DisabledException' },
  ])('($code) brings its message back, names it, and puts nothing into quarantine', async (refusal) => {
    const aws = new FakeAws(() => xmlRefusal(refusal.code, refusal.status));
    expect(await failed(KEY, (name) => new BucketObjects(new S3Client(aws.options), name))).toEqual([KEY]);
    expect(said[0]).toContain(`s3://logs/${KEY}: `);
    expect(said[0]).toContain(refusal.hint);
    expect(s3.keys('data/quarantine/')).toEqual([]);
    expect(s3.keys('data/fresh/')).toEqual([]);
  });
});

describe('an object that cannot be parsed', () => {
  it('says why also where no copy could be kept, and comes back', async () => {
    s3.put(`logs/${KEY}`, Buffer.from('no log'));
    vi.spyOn(data, 'copyFrom').mockRejectedValue(new Error('KeyTooLongError'));
    expect(await failed(KEY)).toEqual([KEY]);
    expect(said[0]).toMatch(/1a2b3c4d\.gz: .*; no copy came into quarantine: Error: KeyTooLongError/);
    expect(s3.bytes(`logs/${KEY}`).toString()).toBe('no log');
  });
});

describe('the longest key that S3 takes, 1,024 bytes', () => {
  /** An e with an accent is two bytes there, and six characters in an event; the escape is part of the name. */
  const long = `logs/${'é%2B+ '.repeat(145)}x.gz`;

  it('is a log object like any other', async () => {
    expect(Buffer.byteLength(long)).toBe(1_024);
    s3.put(`logs/${long}`, logFile(logLine({ id: 'a' })));
    expect(await failed(long)).toEqual([]);
    expect(s3.keys('data/fresh/')).toHaveLength(1);
  });
});
