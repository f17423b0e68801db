/** The tables of a deployed stack, asked as an operator: Athena, the zones of their days, and the files not merged yet. */
import { readFileSync } from 'node:fs';
import type { AthenaClient } from '@aws-sdk/client-athena';
import { PREFIXES, REGISTRY_FILES } from '../core/layout.ts';
import type { FreshFiles } from '../core/merge/run.ts';
import type { Warehouse } from '../core/warehouse.ts';
import type { ZoneHistory } from '../core/zones.ts';
import { AthenaWarehouse } from '../lambda/athena-warehouse.ts';
import type { DeployedStack } from './stack.ts';
import type { StoredObjects } from './stored-objects.ts';

/** A person ends a query that takes too long; Athena does after half an hour. */
export const athenaOf = (
  client: Pick<AthenaClient, 'send'>,
  { database, workgroup }: DeployedStack,
): Warehouse =>
  new AthenaWarehouse({ client, database, workgroup, remainingMs: () => Number.POSITIVE_INFINITY });

/** Text of a file of sql/. */
export const sqlText = (name: string): string =>
  readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8');

export async function readZones(data: StoredObjects): Promise<ZoneHistory> {
  const { bytes } = await data.read(REGISTRY_FILES.zones);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as ZoneHistory;
}

/** Fresh files by the names that Athena's "$path" gives them. */
export const freshFiles = (data: StoredObjects, { dataBucket }: DeployedStack): Pick<FreshFiles, 'list'> => ({
  list: async () =>
    (await data.entries(PREFIXES.fresh))
      .filter(({ key }) => key.endsWith('.parquet'))
      .map(({ key }) => `s3://${dataBucket}/${key}`),
});

/** Data files of `events` by day, as Iceberg's own table of partitions has them: only Athena knows it. */
export const EVENT_FILES = `select
  cast("partition".dt as varchar) as dt,
  cast(file_count as bigint) as files,
  cast(total_size as bigint) as bytes
from "events$partitions"
where "partition".dt between ? and ?`;
