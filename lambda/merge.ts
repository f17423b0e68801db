import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context, S3Event } from 'aws-lambda';
import { createClassifier } from '../core/classify/classify.ts';
import type { Config } from '../core/config.ts';
import type { AgingSql } from '../core/merge/aging.ts';
import type { MergeSql } from '../core/merge/plan.ts';
import type { ReclassifySql } from '../core/reclassify/reclassify.ts';
import age from '../sql/merge/age.sql';
import ageDays from '../sql/merge/age_days.sql';
import changes from '../sql/merge/changes.sql';
import check from '../sql/merge/check.sql';
import clear from '../sql/merge/clear.sql';
import copies from '../sql/merge/copies.sql';
import count from '../sql/merge/count.sql';
import days from '../sql/merge/days.sql';
import expireCopies from '../sql/merge/expire_copies.sql';
import expiredCopies from '../sql/merge/expired_copies.sql';
import forget from '../sql/merge/forget.sql';
import hourly from '../sql/merge/hourly.sql';
import inputs from '../sql/merge/inputs.sql';
import insert from '../sql/merge/insert.sql';
import judged from '../sql/merge/judged.sql';
import lives from '../sql/merge/lives.sql';
import livesOpen from '../sql/merge/lives_open.sql';
import preview from '../sql/merge/preview.sql';
import relabel from '../sql/merge/relabel.sql';
import requests from '../sql/merge/requests.sql';
import seal from '../sql/merge/seal.sql';
import sealDays from '../sql/merge/seal_days.sql';
import sealLife from '../sql/merge/seal_life.sql';
import sealLives from '../sql/merge/seal_lives.sql';
import tokenDays from '../sql/merge/token_days.sql';
import tokens from '../sql/merge/tokens.sql';
import verdicts from '../sql/merge/verdicts.sql';
import { AthenaWarehouse, PATIENT } from './athena-warehouse.ts';
import { BucketObjects } from './bucket.ts';
import { requireEnv } from './environment.ts';
import { mergeTables } from './merge-tables.ts';
import { publish } from './publish.ts';
import { daysInQuarantine } from './quarantine.ts';
import { readRequests } from './request-counts.ts';
import { askForNight } from './upkeep.ts';

const merging: MergeSql = {
  check,
  copies,
  count,
  days,
  forget,
  hourly,
  insert,
  lives,
  livesOpen,
  tokenDays,
  tokens,
};
const aging: AgingSql = {
  age,
  ageDays,
  expireCopies,
  expiredCopies,
  livesOpen,
  seal,
  sealDays,
  sealLife,
  sealLives,
};
const reclassifying: ReclassifySql = { changes, clear, inputs, judged, preview, relabel, verdicts };
const logger = new Logger();
const client = new AthenaClient(PATIENT);
const data = new BucketObjects(new S3Client(), requireEnv('DATA_BUCKET'));
/** CloudFront's metrics are there, wherever the stack is. */
const metrics = new CloudWatchClient({ region: 'us-east-1' });
const distributionId = requireEnv('DISTRIBUTION_ID');
const database = requireEnv('DATABASE');
const workgroup = requireEnv('WORKGROUP');

/** What a timer of the stack tells. */
interface Call {
  readonly scheduledTime: string;
  /** `night`: OPTIMIZE and VACUUM are due as well. */
  readonly task?: 'night';
}

/** Called hourly, nightly, and when a command asks for something; a call that fails is made up for by the next. */
export async function handler(event: Call | S3Event, context: Context): Promise<void> {
  const now = Date.now();
  if ('task' in event && event.task === 'night') {
    await askForNight(data, Date.parse(event.scheduledTime));
    publish({ QuarantineDays: await daysInQuarantine(data, now) });
  }
  const remainingMs = (): number => context.getRemainingTimeInMillis();
  await mergeTables({
    data,
    logger,
    publish,
    requests: { sql: requests, read: (window) => readRequests(metrics, distributionId, window) },
    now,
    sql: { ...merging, ...aging },
    retention: JSON.parse(requireEnv('RETENTION')) as Config['retention'],
    reclassify: { sql: reclassifying, classifier: createClassifier },
    holder: randomUUID(),
    until: now + remainingMs(),
    remainingMs,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    openWarehouse: (onStart) =>
      new AthenaWarehouse({ client, database, workgroup, remainingMs, onStart, late: 'leave' }),
  });
}
