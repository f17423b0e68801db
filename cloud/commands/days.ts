import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { type DaysWish, readDays, tellDays } from '../../core/state/days.ts';
import { EXIT, type Terminal } from '../../core/terminal.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import { blameAccess } from '../blame-access.ts';
import { type DeployedStack, findStack } from '../stack.ts';
import { StoredObjects } from '../stored-objects.ts';
import { athenaOf, EVENT_FILES, freshFiles, readZones, sqlText } from '../tables.ts';

export interface StackDaysOptions extends DaysWish {
  readonly stack: string;
  readonly region?: string;
}

export interface TablesClients {
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly openWarehouse: (stack: DeployedStack) => Warehouse;
  readonly now: number;
}

/** Credentials and region come as for any AWS tool. */
export function tablesClients(region: string | undefined): TablesClients {
  const athena = new AthenaClient({ region });
  return {
    cloudFormation: new CloudFormationClient({ region }),
    s3: new S3Client({ region }),
    openWarehouse: (stack) => athenaOf(athena, stack),
    now: Date.now(),
  };
}

/** The state of each day of a deployed stack. */
export const daysCommand = async (options: StackDaysOptions, terminal: Terminal): Promise<number> =>
  daysWith(options, terminal, tablesClients(options.region));

/** The same with the clients and the clock handed in. */
export async function daysWith(
  options: StackDaysOptions,
  terminal: Terminal,
  { cloudFormation, s3, openWarehouse, now }: TablesClients,
): Promise<number> {
  const stack = await findStack(cloudFormation, options.stack).catch(blameAccess);
  const data = new StoredObjects(s3, stack.dataBucket);
  const warehouse = openWarehouse(stack);
  terminal.progress('asking Athena');
  const host = {
    warehouse,
    merge: { days: sqlText('merge/days') },
    counts: sqlText('verify/day_counts'),
    fresh: freshFiles(data, stack),
    files: (first: string, last: string) => warehouse.query(EVENT_FILES, [first, last]),
    zones: await readZones(data),
    now,
  };
  tellDays(await readDays(host, options), terminal);
  return EXIT.done;
}
