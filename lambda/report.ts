import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Context } from 'aws-lambda';
import automated from '../sql/reports/automated.sql';
import campaign_days from '../sql/reports/campaign_days.sql';
import campaigns from '../sql/reports/campaigns.sql';
import changes from '../sql/reports/changes.sql';
import contexts from '../sql/reports/contexts.sql';
import days from '../sql/reports/days.sql';
import quality from '../sql/reports/quality.sql';
import requests from '../sql/reports/requests.sql';
import rulesets from '../sql/reports/rulesets.sql';
import { AthenaWarehouse, PATIENT } from './athena-warehouse.ts';
import { BucketObjects } from './bucket.ts';
import { requireEnv } from './environment.ts';
import { publish } from './publish.ts';
import { sendMail } from './report-mail.ts';
import { type ReportHost, sendReport } from './report-send.ts';

const logger = new Logger();
const athena = new AthenaClient(PATIENT);
const mails = new SESv2Client();
const data = new BucketObjects(new S3Client(), requireEnv('DATA_BUCKET'));
const place = { database: requireEnv('DATABASE'), workgroup: requireEnv('WORKGROUP') };
const from = requireEnv('REPORT_FROM');
const to = requireEnv('REPORT_TO').split(',');
const thresholds = JSON.parse(requireEnv('THRESHOLDS')) as ReportHost['thresholds'];
const skipEmpty = requireEnv('SKIP_EMPTY') === 'true';

/** Called by the config's schedule, again with the same time if it failed. */
export async function handler(event: { readonly scheduledTime: string }, context: Context): Promise<void> {
  const remainingMs = (): number => context.getRemainingTimeInMillis();
  await sendReport({
    data,
    logger,
    publish,
    from,
    to,
    thresholds,
    skipEmpty,
    sql: { automated, campaign_days, campaigns, changes, contexts, days, quality, requests, rulesets },
    warehouse: new AthenaWarehouse({ client: athena, ...place, remainingMs }),
    send: (mail) => sendMail(mails, mail),
    scheduled: Date.parse(event.scheduledTime),
    now: Date.now,
    holder: randomUUID(),
  });
}
