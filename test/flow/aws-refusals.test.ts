import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import '@aws-sdk/signature-v4a';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AthenaWarehouse, PATIENT } from '../../lambda/athena-warehouse.ts';
import { BucketObjects } from '../../lambda/bucket.ts';
import { claimOnce } from '../../lambda/claim.ts';
import { EdgeStore } from '../../lambda/edge-store.ts';
import { sendMail } from '../../lambda/report-mail.ts';
import { type Answer, answer, FakeAws, refusal } from './fake-aws.ts';
import { FakeS3 } from './fake-s3.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** What a client comes to; its pauses between attempts take no time. */
async function outcome<T>(work: Promise<T>): Promise<T | string> {
  let isOver = false;
  const told = work.catch((error: Error) => `${error.name}: ${error.message}`).finally(() => (isOver = true));
  while (!isOver) await vi.advanceTimersByTimeAsync(1_000);
  return told;
}

/** Refuses the first attempts at an operation. */
const refuseFirst = (times: number, code: string, then: (operation: string) => Answer, status = 400) => {
  const refused = new Map<string, number>();
  return (operation: string): Answer => {
    const so = refused.get(operation) ?? 0;
    if (so >= times) return then(operation);
    refused.set(operation, so + 1);
    return refusal(code, 'Rate exceeded', status);
  };
};

describe('Athena that throttles', () => {
  const athena = (operation: string): Answer =>
    operation === 'StartQueryExecution'
      ? answer({ QueryExecutionId: 'q1' })
      : answer({ QueryExecution: { Status: { State: 'SUCCEEDED' } } });
  const run = (aws: FakeAws) =>
    outcome(
      new AthenaWarehouse({
        client: new AthenaClient({ ...PATIENT, ...aws.options }),
        database: 'clearpixel',
        workgroup: 'clearpixel_merges',
        remainingMs: () => 900_000,
      }).run('select 1'),
    );
  const attemptsAt = (aws: FakeAws, operation: string): number =>
    aws.attempts.filter((one) => one === operation).length;

  it.each(['TooManyRequestsException', 'ThrottlingException'])(
    '(%s) is asked again, and the statement runs once',
    async (code) => {
      const aws = new FakeAws(refuseFirst(9, code, athena));
      expect(await run(aws)).toBeUndefined();
      expect(attemptsAt(aws, 'StartQueryExecution')).toBe(10);
      expect(attemptsAt(aws, 'GetQueryExecution')).toBe(10);
    },
  );

  it('for longer than a minute is told by its own name', async () => {
    const aws = new FakeAws(refuseFirst(10, 'TooManyRequestsException', athena));
    expect(await run(aws)).toBe('TooManyRequestsException: Rate exceeded');
    expect(aws.attempts).toHaveLength(10);
  });

  it('is not asked again where the statement itself is refused', async () => {
    const aws = new FakeAws(refuseFirst(1, 'InvalidRequestException', athena));
    expect(await run(aws)).toBe('InvalidRequestException: Rate exceeded');
    expect(aws.attempts).toEqual(['StartQueryExecution']);
  });
});

describe('SES', () => {
  const MAIL = { from: 'a@example.com', to: ['b@example.com'], subject: 's', html: 'h', text: 't' };
  /** One attempt of the schedule. */
  const send = (aws: FakeAws, s3: FakeS3, holder: string) =>
    outcome(
      claimOnce(
        { data: new BucketObjects(s3.client, 'data'), key: 'claim', holder, now: 0, until: 45_000 },
        () => sendMail(new SESv2Client(aws.options), MAIL),
      ),
    );
  const accepted = (): Answer => answer({ MessageId: 'm1' });

  it.each([
    'MessageRejected',
    'MailFromDomainNotVerifiedException',
    'AccountSuspendedException',
    'SendingPausedException',
    'NotFoundException',
  ])('that refuses (%s) is named, asked once, and asked again by the next attempt', async (code) => {
    const s3 = new FakeS3();
    const refusing = new FakeAws(() => refusal(code, 'Email address is not verified'));
    expect(await send(refusing, s3, 'first')).toBe(`${code}: Email address is not verified`);
    expect(refusing.attempts).toHaveLength(1);
    expect(JSON.parse(s3.text('data/claim'))).toMatchObject({ state: 'failed' });
    expect(await send(new FakeAws(accepted), s3, 'second')).toBe('sent');
  });

  it.each([
    { code: 'TooManyRequestsException', status: 429 },
    { code: 'LimitExceededException', status: 400 },
  ])('that throttles ($code) is asked again, and the mail is sent once', async ({ code, status }) => {
    const s3 = new FakeS3();
    const aws = new FakeAws(refuseFirst(2, code, accepted, status));
    expect(await send(aws, s3, 'first')).toBe('sent');
    expect(aws.attempts).toHaveLength(3);
    expect(await send(aws, s3, 'second')).toBe('sent before');
    expect(aws.attempts).toHaveLength(3);
  });

  it('is named although its claim could not be freed either', async () => {
    const s3 = new FakeS3();
    const data = new BucketObjects(s3.client, 'data');
    const write = vi.spyOn(data, 'writeIf');
    const send = async (): Promise<never> => {
      write.mockRejectedValueOnce(new Error('SlowDown'));
      throw new Error('MessageRejected');
    };
    const claim = { data, key: 'claim', holder: 'first', now: 0, until: 45_000 };
    expect(await outcome(claimOnce(claim, send))).toBe(
      'Error: Error: MessageRejected; claim is not free before its time is over: Error: SlowDown',
    );
    await expect(claimOnce({ ...claim, holder: 'second', now: 50_000 }, async () => {})).resolves.toBe(
      'sent',
    );
  });
});

describe('the edge store', () => {
  const ARN = 'arn:aws:cloudfront::123456789012:key-value-store/11111111-2222-3333-4444-555555555555';
  const apply = (aws: FakeAws) =>
    outcome(
      new EdgeStore(new CloudFrontKeyValueStoreClient(aws.options), ARN).apply(
        { put: new Map([['c.spring-sale', '{}']]), remove: [] },
        { entries: new Map(), etag: 'v1' },
      ),
    );
  const done = (): Answer => answer({ ItemCount: 1, TotalSizeInBytes: 1 }, { etag: 'v2' });

  it.each([
    { code: 'ThrottlingException', status: 429 },
    { code: 'InternalServerException', status: 500 },
  ])('that fails for a moment ($code) is asked again', async ({ code, status }) => {
    const aws = new FakeAws(refuseFirst(2, code, done, status));
    expect(await apply(aws)).toBe(true);
    expect(aws.attempts).toHaveLength(3);
  });

  it.each([
    { code: 'ServiceQuotaExceededException', status: 402 },
    { code: 'AccessDeniedException', status: 403 },
    { code: 'ValidationException', status: 400 },
  ])('that refuses ($code) is named at once', async ({ code, status }) => {
    const aws = new FakeAws(() => refusal(code, 'the store is full', status));
    expect(await apply(aws)).toBe(`${code}: the store is full`);
    expect(aws.attempts).toHaveLength(1);
  });

  it('that another writer changed is read and planned again', async () => {
    expect(await apply(new FakeAws(() => refusal('ConflictException', 'changed', 409)))).toBe(false);
  });
});
