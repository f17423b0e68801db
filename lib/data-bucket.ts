import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { PREFIXES, TABLE_PREFIXES } from '../core/layout.ts';
import { PrivateBucket } from './private-bucket.ts';

/** Days that an object waits in quarantine to be replayed. */
export const QUARANTINE_DAYS = 35;

/** The bucket of everything that is made from logs: registry, fresh files, tables, quarantine, results of queries. */
export const dataBucket = (scope: Construct, id: string, config: Config): PrivateBucket =>
  new PrivateBucket(scope, id, {
    atEnd: config.destroyData ? 'empty and delete' : 'stay',
    lifecycleRules: [
      { id: 'ExpireQuarantine', prefix: PREFIXES.quarantine, expiration: Duration.days(QUARANTINE_DAYS) },
      { id: 'ExpireQueryResults', prefix: TABLE_PREFIXES.results, expiration: Duration.days(1) },
      { id: 'AbortUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
