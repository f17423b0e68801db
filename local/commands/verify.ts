import { createReadStream, existsSync } from 'node:fs';
import { createClassifier } from '../../core/classify/classify.ts';
import { FIRST_DAY } from '../../core/day.ts';
import type { KeptLog } from '../../core/verify/log-objects.ts';
import { verify as compare } from '../../core/verify/verify.ts';
import { tellVerified } from '../../core/verify/words.ts';
import { listAssets } from '../assets.ts';
import { clockOf } from '../clock.ts';
import { openWarehouse, requireDatabase } from '../duckdb.ts';
import { type Home, homeAt } from '../home.ts';
import { findLogFiles, objectName } from '../log-files.ts';
import { freshFiles } from '../merge.ts';
import { readSettings } from '../settings.ts';
import { mergeSql, verifySql } from '../sql-texts.ts';
import { EXIT, type Terminal } from '../terminal.ts';
import { withWarehouse } from '../with-warehouse.ts';

export interface VerifyOptions {
  readonly home: string;
  readonly config: string;
  readonly since?: string;
}

/** Whether the logs, fresh files and tables of the home folder agree. */
export async function verify(options: VerifyOptions, terminal: Terminal): Promise<number> {
  const home = homeAt(options.home);
  requireDatabase(home);
  const config = await readSettings(options.config);
  const { zones, due } = clockOf(home, config);
  const settings = {
    classifier: createClassifier(),
    zones,
    assets: listAssets(config.assets),
  };
  terminal.progress('comparing');
  const verified = await withWarehouse(
    () => openWarehouse(home, { config }),
    (warehouse) =>
      compare(
        {
          warehouse,
          merge: mergeSql(),
          sql: verifySql(),
          settings,
          fresh: freshFiles(warehouse, home),
          logs: async () => ({ objects: await keptLogs(home), firstDay: FIRST_DAY }),
          // A laptop's ingest names a file that it cannot parse, and leaves it where it is.
          quarantined: async () => new Set(),
          keptFrom: due().eventsFrom,
        },
        options.since,
      ),
  );
  return tellVerified(verified, terminal) ? EXIT.done : EXIT.failed;
}

async function keptLogs(home: Home): Promise<readonly KeptLog[]> {
  if (!existsSync(home.logs)) return [];
  const logs: KeptLog[] = [];
  for (const path of findLogFiles([home.logs], home)) {
    const read = () => createReadStream(path) as AsyncIterable<Uint8Array>;
    logs.push({ name: await objectName(path, read), isArriving: false, read });
  }
  return logs;
}
