import { Logger } from '@aws-lambda-powertools/logger';
import { AthenaClient } from '@aws-sdk/client-athena';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { TABLES } from '../core/schema.ts';
import { AthenaWarehouse, PATIENT } from './athena-warehouse.ts';
import { answerDeployment } from './custom-resource.ts';
import { requireEnv } from './environment.ts';
import { updateTables } from './iceberg-tables.ts';

const logger = new Logger();
const client = new AthenaClient(PATIENT);
const database = requireEnv('DATABASE');
const workgroup = requireEnv('WORKGROUP');
const location = requireEnv('TABLES_URI');

/** Tables outlive the stack unless its data goes too, and then they go with their database. */
export const handler = (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> =>
  answerDeployment(event, async () => {
    if (event.RequestType === 'Delete') return;
    const remainingMs = (): number => context.getRemainingTimeInMillis();
    const warehouse = new AthenaWarehouse({ client, database, workgroup, remainingMs });
    const added = await updateTables(warehouse, TABLES, { database, location });
    logger.info('tables are as the schema says', { added });
  });
