import { describe } from 'vitest';
import { BucketObjects } from '../../lambda/bucket.ts';
import { FakeS3 } from '../flow/fake-s3.ts';
import { keepsTheContract } from './store-contract.ts';

describe('the bucket of the schedules', () => {
  const s3 = new FakeS3();
  keepsTheContract(() => new BucketObjects(s3.client, 'data'), 3);
});
