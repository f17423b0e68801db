import { createClassifier } from '../../core/classify/classify.ts';
import { FIRST_DAY } from '../../core/day.ts';
import { EXIT, type Terminal } from '../../core/terminal.ts';
import { type VerifyHost, verify } from '../../core/verify/verify.ts';
import { tellVerified } from '../../core/verify/words.ts';
import { blameAccess } from '../blame-access.ts';
import { keptLogs, quarantinedLogs } from '../kept-logs.ts';
import { type DeployedStack, findStack } from '../stack.ts';
import { StoredObjects } from '../stored-objects.ts';
import { freshFiles, readZones, sqlText } from '../tables.ts';
import { type TablesClients, tablesClients } from './days.ts';

export interface StackVerifyOptions {
  readonly since?: string;
  readonly stack: string;
  readonly region?: string;
}

/** Whether the logs, fresh files and tables of a deployed stack agree. */
export const verifyCommand = async (options: StackVerifyOptions, terminal: Terminal): Promise<number> =>
  verifyWith(options, terminal, tablesClients(options.region));

/** The same with the clients and the clock handed in. */
export async function verifyWith(
  options: StackVerifyOptions,
  terminal: Terminal,
  clients: TablesClients,
): Promise<number> {
  const stack = await findStack(clients.cloudFormation, options.stack).catch(blameAccess);
  terminal.progress('asking Athena');
  const verified = await verify(await hostOf(stack, clients), options.since);
  if (tellVerified(verified, terminal)) return EXIT.done;
  terminal.warn('a merge may have written meanwhile: run this again in some minutes before you look further');
  return EXIT.failed;
}

async function hostOf(stack: DeployedStack, { s3, openWarehouse, now }: TablesClients): Promise<VerifyHost> {
  const data = new StoredObjects(s3, stack.dataBucket);
  const logs = new StoredObjects(s3, stack.logBucket);
  return {
    warehouse: openWarehouse(stack),
    merge: {
      days: sqlText('merge/days'),
      count: sqlText('merge/count'),
      hourly: sqlText('merge/hourly'),
      lives: sqlText('merge/lives'),
      copies: sqlText('merge/copies'),
    },
    sql: {
      tableDays: sqlText('verify/table_days'),
      doubled: sqlText('verify/doubled'),
      objects: sqlText('verify/objects'),
      rows: sqlText('verify/rows'),
    },
    // No load id depends on the known assets.
    settings: { classifier: createClassifier(), zones: await readZones(data), assets: [] },
    fresh: freshFiles(data, stack),
    logs: () => keptLogs(logs, now),
    quarantined: () => quarantinedLogs(data),
    keptFrom: FIRST_DAY,
  };
}
