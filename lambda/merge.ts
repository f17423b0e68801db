import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import check from '../sql/merge/check.sql';
import count from '../sql/merge/count.sql';
import days from '../sql/merge/days.sql';
import insert from '../sql/merge/insert.sql';
import { AthenaWarehouse } from './athena-warehouse.ts';
import { BucketObjects } from './bucket.ts';
import { requireEnv } from './environment.ts';
import { mergeTables } from './merge-tables.ts';

const logger = new Logger();
const client = new AthenaClient();
const data = new BucketObjects(new S3Client(), requireEnv('DATA_BUCKET'));
const database = requireEnv('DATABASE');
const workgroup = requireEnv('WORKGROUP');

/** Called hourly; an hour that fails is made up for by the next. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const now = Date.now();
  const remainingMs = (): number => context.getRemainingTimeInMillis();
  await mergeTables({
    data,
    logger,
    now,
    sql: { check, count, days, insert },
    holder: randomUUID(),
    until: now + remainingMs(),
    openWarehouse: (onStart) => new AthenaWarehouse({ client, database, workgroup, remainingMs, onStart }),
  });
}
