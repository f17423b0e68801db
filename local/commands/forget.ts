import type { Due } from '../../core/merge/due.ts';
import { type Erased, forgetTokens } from '../../core/merge/forget.ts';
import { checkToken } from '../../core/registry/forgotten.ts';
import { erasureLines, proofOf } from '../../core/registry/forgotten-words.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import { clockOf } from '../clock.ts';
import { compactDatabase } from '../compact-database.ts';
import { openWarehouse } from '../duckdb.ts';
import { rememberForgotten } from '../forgotten-file.ts';
import { type Home, homeAt } from '../home.ts';
import { mergeFresh } from '../merge.ts';
import { readSettings } from '../settings.ts';
import { mergeSql } from '../sql-texts.ts';
import { blameInput, EXIT, type Terminal } from '../terminal.ts';
import { withWarehouse } from '../with-warehouse.ts';

export interface ForgetOptions {
  readonly home: string;
  readonly config: string;
  readonly recipient: string;
}

/** Takes a recipient's token out of the home folder's tables, for good; its loads stay, as loads of nobody. */
export async function forget(options: ForgetOptions, terminal: Terminal): Promise<number> {
  const home = homeAt(options.home);
  const token = options.recipient;
  blameInput(() => checkToken(token));
  // First, so that whatever is read from now on comes without it.
  rememberForgotten(home, token);
  const due = clockOf(home, await readSettings(options.config)).due();
  const open = () => openWarehouse(home);
  const erased = await withWarehouse(open, (warehouse) => erase(warehouse, home, token, due));
  await compactDatabase(home.database);
  const [row] = await withWarehouse(open, (warehouse) => warehouse.query(proofOf(token)));
  const erasure = { token, ...erased, left: Number(row?.['loads']) };
  if (terminal.json) terminal.print(JSON.stringify(erasure));
  else for (const line of erasureLines(erasure, remainsIn(home))) terminal.print(line);
  return erasure.left === 0 ? EXIT.done : EXIT.failed;
}

/** All of it or nothing: a power cut must not leave days that are not counted again. */
async function erase(warehouse: Warehouse, home: Home, token: string, due: Due): Promise<Erased> {
  await mergeFresh(warehouse, home, { due });
  await warehouse.run('begin transaction');
  const erased = await forgetTokens(warehouse, mergeSql(), [token], due);
  await warehouse.run('commit');
  return erased;
}

const remainsIn = (home: Home): readonly string[] => [
  `the log files in ${home.logs}, and those that you ingested from elsewhere, until you delete them`,
  'your own list of tokens, until you delete its row',
];
