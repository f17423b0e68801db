import { type DaysWish, readDays, tellDays } from '../../core/state/days.ts';
import { clockOf } from '../clock.ts';
import { openWarehouse, requireDatabase } from '../duckdb.ts';
import { homeAt } from '../home.ts';
import { freshFiles } from '../merge.ts';
import { readSettings } from '../settings.ts';
import { dayCountsSql, mergeSql } from '../sql-texts.ts';
import { EXIT, type Terminal } from '../terminal.ts';
import { withWarehouse } from '../with-warehouse.ts';

export interface DaysOptions extends DaysWish {
  readonly home: string;
  readonly config: string;
}

/** The state of each day of the home folder. */
export async function days(options: DaysOptions, terminal: Terminal): Promise<number> {
  const home = homeAt(options.home);
  requireDatabase(home);
  const { zones, now } = clockOf(home, await readSettings(options.config));
  const states = await withWarehouse(
    () => openWarehouse(home),
    (warehouse) =>
      readDays(
        {
          warehouse,
          merge: mergeSql(),
          counts: dayCountsSql(),
          fresh: freshFiles(warehouse, home),
          // One database file holds all days.
          files: null,
          zones,
          now: now(),
        },
        options,
      ),
  );
  tellDays(states, terminal);
  return EXIT.done;
}
