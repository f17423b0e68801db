import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ReplayOptions, replayWith } from '../../cloud/commands/replay.ts';
import { createClassifier } from '../../core/classify/classify.ts';
import { STACK_OUTPUTS } from '../../core/layout.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { type IngestHost, ingestBatch } from '../../lambda/ingest-batch.ts';
import { FakeS3 } from './fake-s3.ts';
import { FakeSqs } from './fake-sqs.ts';
import { arrival, batch, logFile, logLine, message, NOTHING_FORGOTTEN } from './logs.ts';

const KEY = 'logs/E2EXAMPLE/2026/11/17/08/E2EXAMPLE.2026-11-17-08.1a2b3c4d.gz';
const ODD = 'logs/a b+c/ü%20(1).gz';
const WHOLE = logFile(logLine({ id: 'a' }), logLine({ id: 'b' }));
const BROKEN = WHOLE.subarray(0, 60);
const OUTPUTS: Record<string, string> = {
  [STACK_OUTPUTS.database]: 'clearpixel',
  [STACK_OUTPUTS.workgroup]: 'clearpixel_operators',
  [STACK_OUTPUTS.logBucket]: 'logs',
  [STACK_OUTPUTS.dataBucket]: 'data',
  [STACK_OUTPUTS.arrivals]: 'arrivals',
  [STACK_OUTPUTS.deadLetters]: 'dead',
};
const classifier = createClassifier();

let s3: FakeS3;
let sqs: FakeSqs;
let host: IngestHost;
let printed: string[];
let warned: string[];
let clock: number;

beforeEach(() => {
  s3 = new FakeS3();
  sqs = new FakeSqs();
  printed = [];
  warned = [];
  clock = 0;
  s3.put('data/registry/zones.json', '[{"from":"1970-01-01","zone":"UTC"}]');
  s3.put('data/registry/assets.json', '[]');
  s3.put('data/registry/forgotten.json', NOTHING_FORGOTTEN);
  s3.onWritten = (path) => {
    if (path.startsWith('logs/')) sqs.put('arrivals', arrival(path.slice('logs/'.length)).body);
  };
  host = {
    logs: (bucket) => new BucketObjects(s3.client, bucket),
    data: new BucketObjects(s3.client, 'data'),
    classifier,
    remembered: new Map(),
    publish: () => {},
    logger: { info: () => {}, error: () => {} },
  };
});

/** The deployed ingest: what fails has failed three times and is a dead letter. */
async function ingestArrivals(): Promise<void> {
  const messages = sqs.drain('arrivals');
  const { batchItemFailures } = await ingestBatch(
    batch(...messages.map(({ body, id }) => message(body, id))),
    host,
  );
  for (const { itemIdentifier } of batchItemFailures) {
    const failed = messages.find(({ id }) => id === itemIdentifier);
    sqs.put('dead', failed?.body ?? '', itemIdentifier);
  }
}

const replay = (options: Partial<ReplayOptions> = {}, outputs = OUTPUTS): Promise<number> =>
  replayWith(
    { args: [], stack: 'ClearPixel', wait: 60, ...options },
    {
      json: true,
      print: (text) => printed.push(text),
      warn: (text) => warned.push(text),
      progress: () => {},
    },
    {
      cloudFormation: {
        send: async () => ({
          Stacks: [
            {
              Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
                OutputKey,
                OutputValue,
              })),
            },
          ],
        }),
      } as never,
      s3: s3.client,
      sqs: sqs.client,
      now: () => clock,
      pause: async (ms) => {
        clock += ms;
        await ingestArrivals();
      },
    },
  );

const outcomes = (): readonly string[] =>
  printed
    .map((line) => JSON.parse(line))
    .map(({ object, letter, outcome }) => `${object ?? letter}: ${outcome}`);

async function poison(...keys: readonly string[]): Promise<void> {
  for (const key of keys) s3.put(`logs/${key}`, BROKEN);
  await ingestArrivals();
}

describe('an object in quarantine', () => {
  it('is ingested after its copy was mended, and nothing of it is left to replay', async () => {
    await poison(KEY, ODD);
    s3.put(`data/quarantine/${KEY}`, WHOLE);
    s3.put(`data/quarantine/${ODD}`, WHOLE);
    expect(await replay()).toBe(0);
    expect(outcomes().filter((line) => line.startsWith('logs/'))).toEqual(
      [`${KEY}: ingested`, `${ODD}: ingested`].sort(),
    );
    expect(s3.keys('data/fresh/')).toHaveLength(2);
    expect(s3.keys('data/quarantine/')).toEqual([]);
    expect(sqs.bodies('dead')).toEqual([]);
    expect(await replay()).toBe(0);
    expect(warned).toEqual(['nothing to replay: no object in quarantine, no dead letter']);
  });

  it('gives the file that the whole log would have given', async () => {
    s3.put(`logs/${KEY}`, WHOLE);
    await ingestArrivals();
    const direct = s3.keys('data/fresh/');
    for (const path of direct) s3.objects.delete(path);
    await poison(KEY);
    s3.put(`data/quarantine/${KEY}`, WHOLE);
    await replay();
    expect(s3.keys('data/fresh/')).toEqual(direct);
  });

  it('stays, with a dead letter, when it still cannot be parsed', async () => {
    await poison(KEY);
    expect(await replay()).toBe(3);
    expect(outcomes()).toContain(`${KEY}: failed again`);
    expect(s3.bytes(`data/quarantine/${KEY}`)).toEqual(BROKEN);
    expect(sqs.bodies('dead')).toHaveLength(1);
    expect(warned.join()).toContain('mend their copies');
  });

  it('is not taken for ingested by the full files that a large log left before it broke off', async () => {
    await poison(KEY);
    const hash = createHash('sha256').update(KEY).digest('hex').slice(0, 16);
    s3.put(`data/fresh/${hash}-0123456789abcdef.parquet`, Buffer.alloc(2 ** 25));
    expect(await replay()).toBe(3);
    expect(s3.keys('data/quarantine/')).toHaveLength(1);
  });

  it('stays when no word comes in time, and the next replay ends it', async () => {
    await poison(KEY);
    s3.put(`data/quarantine/${KEY}`, WHOLE);
    expect(await replay({ wait: 0 })).toBe(0);
    expect(outcomes()).toContain(`${KEY}: copied back`);
    expect(s3.keys('data/quarantine/')).toHaveLength(1);
    expect(sqs.bodies('dead')).toEqual([]);
    expect(await replay()).toBe(0);
    expect(s3.keys('data/quarantine/')).toEqual([]);
    expect(s3.keys('data/fresh/')).toHaveLength(1);
  });

  it('can be replayed alone, by either of its keys; the others stay as they were', async () => {
    await poison(KEY, ODD);
    s3.put(`data/quarantine/${KEY}`, WHOLE);
    expect(await replay({ args: [`quarantine/${KEY}`] })).toBe(0);
    expect(s3.keys('data/quarantine/')).toEqual([`data/quarantine/${ODD}`]);
    expect(sqs.bodies('dead').map((body) => body.includes(encodeURIComponent('ü')))).toEqual([true]);
    expect(sqs.hidden('dead')).toBe(0);
  });
});

describe('a dead letter without an object in quarantine', () => {
  it('goes back to the arrivals and is ingested once', async () => {
    s3.put(`logs/${KEY}`, WHOLE);
    s3.brokenReads.add(`logs/${KEY}`);
    await ingestArrivals();
    expect(sqs.bodies('dead')).toHaveLength(1);
    expect(await replay()).toBe(0);
    await ingestArrivals();
    expect(s3.keys('data/fresh/')).toHaveLength(1);
    expect(sqs.bodies('dead')).toEqual([]);
  });

  it('goes back when it is no JSON, too: a newer ingest may read it', async () => {
    sqs.put('dead', 'hello', 'odd');
    expect(await replay()).toBe(0);
    expect(outcomes()).toEqual(['odd: sent back']);
    expect(sqs.bodies('arrivals')).toEqual(['hello']);
    expect(sqs.bodies('dead')).toEqual([]);
  });

  it('goes back when only one of its objects is in quarantine', async () => {
    await poison(KEY);
    sqs.drain('dead');
    const two = JSON.stringify({
      Records: [KEY, ODD].flatMap((key) => JSON.parse(arrival(key).body).Records),
    });
    sqs.put('dead', two, 'both');
    await replay({ wait: 0 });
    expect(outcomes()).toContain('both: sent back');
    expect(sqs.bodies('arrivals')).toContain(two);
  });

  it('stays in its queue when the arrivals take nothing', async () => {
    sqs.put('dead', 'one');
    sqs.put('dead', 'two');
    sqs.closed.add('arrivals');
    await expect(replay()).rejects.toThrow('takes no message');
    expect(sqs.bodies('dead')).toEqual(['one', 'two']);
    expect(sqs.queues.get('dead')?.[0]?.held).toBe(false);
  });
});

describe('the command', () => {
  it('changes nothing in a dry run', async () => {
    await poison(KEY);
    sqs.put('dead', 'hello', 'odd');
    const before = { objects: [...s3.objects.keys()], letters: sqs.bodies('dead') };
    expect(await replay({ dryRun: true })).toBe(0);
    expect(outcomes().map((line) => line.split(': ')[1])).toEqual([
      'would be cleared',
      'would be sent back',
      'would be copied back',
    ]);
    expect({ objects: [...s3.objects.keys()], letters: sqs.bodies('dead') }).toEqual(before);
    expect(sqs.hidden('dead')).toBe(0);
  });

  it('names a key that nothing knows, and leaves everything', async () => {
    await poison(KEY);
    await expect(replay({ args: ['logs/typo.gz'] })).rejects.toThrow(/knows logs\/typo\.gz: see .*--dry-run/);
    expect(s3.keys('data/quarantine/')).toHaveLength(1);
    expect(sqs.hidden('dead')).toBe(0);
  });

  it('says what to do where no region is known', async () => {
    const { status, stderr } = spawnSync(process.execPath, ['bin/clearpixel.ts', 'replay'], {
      env: { PATH: process.env['PATH'], HOME: tmpdir() },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'clearpixel: no region is known: name it with --region, or set AWS_REGION\n',
    });
  });

  it('names the outputs that a stack lacks', async () => {
    await expect(replay({}, { [STACK_OUTPUTS.logBucket]: 'logs' })).rejects.toThrow(
      /ClearPixel lacks DataBucket, ArrivalsQueueUrl, DeadLettersQueueUrl/,
    );
  });
});
