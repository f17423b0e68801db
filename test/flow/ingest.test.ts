import type { SQSRecord } from 'aws-lambda';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { type IngestHost, ingestBatch } from '../../lambda/ingest-batch.ts';
import { FakeMetrics } from './fake-metrics.ts';
import { FakeS3 } from './fake-s3.ts';
import { arrival, batch, logFile, logLine, message, NOTHING_FORGOTTEN } from './logs.ts';

const KEY = 'logs/E2EXAMPLE/2026/11/17/08/E2EXAMPLE.2026-11-17-08.1a2b3c4d.gz';
const classifier = createClassifier();

let s3: FakeS3;
let said: object[];
let host: IngestHost;
let metrics: FakeMetrics;

beforeEach(() => {
  s3 = new FakeS3();
  s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"UTC"}]');
  s3.put('data/registry/assets.json', '["logo.png"]');
  s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
  said = [];
  metrics = new FakeMetrics();
  const say = (...words: readonly unknown[]): void => void said.push(words as object);
  host = {
    logs: (bucket) => new BucketObjects(s3.client, bucket),
    data: new BucketObjects(s3.client, 'data'),
    classifier,
    logger: { info: say, error: say },
    remembered: new Map(),
    publish: metrics.publish,
  };
});

const failed = async (...records: readonly SQSRecord[]): Promise<readonly string[]> =>
  (await ingestBatch(batch(...records), host)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

async function freshRows(): Promise<readonly Record<string, unknown>[]> {
  const files = s3.keys('data/fresh/').map((path) => Uint8Array.from(s3.bytes(path)).buffer);
  return (await Promise.all(files.map((file) => parquetReadObjects({ file, compressors })))).flat();
}

describe('a log object', () => {
  it('becomes one fresh file, with one read and one write', async () => {
    s3.put(
      `logs/${KEY}`,
      logFile(
        logLine({ id: 'a' }),
        logLine({ id: 'b', path: '/a/logo.png' }),
        logLine({ id: 'c', path: '/x' }),
      ),
    );
    expect(await failed(arrival(KEY))).toEqual([]);
    const rows = await freshRows();
    expect(rows.map(({ asset, class: label, campaign }) => `${label} ${asset} ${campaign}`).sort()).toEqual([
      'dropped null null',
      'likely_human logo.png spring-sale',
      'likely_human pixel spring-sale',
    ]);
    expect(s3.calls.filter((call) => call.includes('logs/'))).toEqual([`Get ${KEY}`]);
    expect(s3.calls.filter((call) => call.startsWith('Put'))).toHaveLength(1);
    expect(JSON.stringify(said)).toContain('"not_pixel":1');
    expect(metrics.published).toEqual([{ Lines: 3, Drops: 1, FailedMessages: 0, Quarantined: 0 }]);
  });

  it('is found under a key with odd characters', async () => {
    const key = 'logs/a b+c/ü%20(1).gz';
    s3.put(`logs/${key}`, logFile(logLine({ id: 'a' })));
    expect(await failed(arrival(key))).toEqual([]);
    expect(await freshRows()).toMatchObject([{ log_object: key }]);
  });

  it.each([
    { name: 'without lines', bytes: logFile() },
    { name: 'without a byte', bytes: Buffer.alloc(0) },
  ])('leaves nothing where it is $name', async ({ bytes }) => {
    s3.put(`logs/${KEY}`, bytes);
    expect(await failed(arrival(KEY))).toEqual([]);
    expect(s3.keys('data/fresh/')).toEqual([]);
  });

  it.each([
    { name: 'in one batch', deliver: () => failed(arrival(KEY, 'first'), arrival(KEY, 'second')) },
    {
      name: 'in two batches',
      deliver: async () => [...(await failed(arrival(KEY))), ...(await failed(arrival(KEY)))],
    },
  ])('that is announced twice $name gives the same one file', async ({ deliver }) => {
    s3.put(`logs/${KEY}`, logFile(logLine({ id: 'a' })));
    expect(await deliver()).toEqual([]);
    expect(s3.keys('data/fresh/')).toHaveLength(1);
  });
});

describe('what cannot be ingested', () => {
  it.each([
    { name: 'no gzip', bytes: Buffer.from('\u001f\u008b not at all', 'latin1') },
    { name: 'a cut gzip', bytes: logFile(logLine({ id: 'a' })).subarray(0, 60) },
    {
      name: 'a log without a needed field',
      bytes: Buffer.from('#Fields: date time\n2026-11-17\t08:00:00\n'),
    },
  ])('($name) is kept in quarantine, fails alone, and is named in the log', async ({ bytes }) => {
    s3.put('logs/logs/bad.gz', bytes);
    s3.put(`logs/${KEY}`, logFile(logLine({ id: 'a' })));
    expect(await failed(arrival('logs/bad.gz', 'bad'), arrival(KEY, 'good'))).toEqual(['bad']);
    expect(s3.bytes('data/quarantine/logs/bad.gz')).toEqual(bytes);
    expect(await freshRows()).toHaveLength(1);
    expect(JSON.stringify(said)).toContain('logs/bad.gz: ');
    expect(metrics.published).toEqual([{ Lines: 1, Drops: 0, FailedMessages: 1, Quarantined: 1 }]);
  });

  it('is whole again after a repair, nothing doubled', async () => {
    const whole = logFile(logLine({ id: 'a' }), logLine({ id: 'b' }));
    s3.put(`logs/${KEY}`, whole.subarray(0, 60));
    expect(await failed(arrival(KEY))).toEqual([KEY]);
    s3.put(`logs/${KEY}`, whole);
    expect(await failed(arrival(KEY))).toEqual([]);
    expect(await freshRows()).toHaveLength(2);
  });

  it('reads the registry anew for each batch, and keeps what it learnt while that says the same', async () => {
    const classify = vi.spyOn(classifier, 'classify');
    s3.put(`logs/${KEY}`, logFile(logLine({ id: 'a' })));
    await failed(arrival(KEY));
    const known = classify.mock.calls.length;
    await failed(arrival(KEY));
    expect(classify.mock.calls).toHaveLength(known);
    s3.put('data/registry/assets.json', '["other.png"]');
    await failed(arrival(KEY));
    expect(classify.mock.calls).toHaveLength(known + 1);
  });

  it('comes again after a read that failed, without quarantine', async () => {
    s3.put(`logs/${KEY}`, logFile(logLine({ id: 'a' })));
    s3.brokenReads.add(`logs/${KEY}`);
    expect(await failed(arrival(KEY))).toEqual([KEY]);
    expect(JSON.stringify(said)).toContain(`s3://logs/${KEY}: SlowDown`);
    expect(s3.keys('data/quarantine/')).toEqual([]);
    expect(await failed(arrival(KEY))).toEqual([]);
  });

  it.each([
    { name: 'a text that is not JSON', body: 'hello', rule: /is a JSON object, got hello/ },
    { name: 'JSON that is no S3 event', body: '{"a":1}', rule: /is an S3 event, got \{/ },
    { name: 'a number', body: '7', rule: /is a JSON object, got 7/ },
    { name: 'an event that names no object', body: '{"Records":[{}]}', rule: /is an S3 event, got \{/ },
    { name: 'an event of nothing', body: '{"Records":[null]}', rule: /is an S3 event, got \{/ },
    {
      name: 'a key that is not encoded',
      body: '{"Records":[{"s3":{"bucket":{"name":"logs"},"object":{"key":"logs/100%.gz"}}}]}',
      rule: /URL-encoded, got logs\/100%\.gz/,
    },
  ])('($name) fails with a clear line', async ({ body, rule }) => {
    expect(await failed(message(body, 'odd'))).toEqual(['odd']);
    expect(JSON.stringify(said).replaceAll('\\"', '"')).toMatch(rule);
  });

  it('(an object that has expired) fails with a line that names it', async () => {
    expect(await failed(arrival(KEY))).toEqual([KEY]);
    expect(JSON.stringify(said)).toContain(`s3://logs/${KEY}: NoSuchKey`);
    expect(s3.keys('data/')).not.toContainEqual(expect.stringContaining('quarantine/'));
  });

  it('is not the test event that S3 sends when it is configured', async () => {
    expect(await failed(message('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"logs"}'))).toEqual(
      [],
    );
  });

  it('is everything while the registry cannot be read', async () => {
    s3.objects.delete('data/registry/zones.json');
    await expect(failed(arrival(KEY))).rejects.toThrow('NoSuchKey');
  });
});
