import { type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { BucketObjects } from '../../lambda/bucket.ts';
import type { FakeS3 } from '../flow/fake-s3.ts';
import type { Call } from './call.ts';

const slowDown = (): Error =>
  new S3ServiceException({ name: 'SlowDown', $fault: 'server', $metadata: { httpStatusCode: 503 } });

/** A bucket as one call of a function sees it: each request of S3 is a step of that call. */
export function faultyBucket(s3: FakeS3, name: string, call: Call): BucketObjects {
  const { client } = s3;
  const send = (command: never): Promise<object> => call.step(() => client.send(command), slowDown);
  return new BucketObjects({ send: send as unknown as S3Client['send'] }, name);
}
