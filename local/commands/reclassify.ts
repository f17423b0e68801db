import { createClassifier } from '../../core/classify/classify.ts';
import type { Due } from '../../core/merge/due.ts';
import { type ReclassifyOptions, type ReclassifyPlace, reclassifyIn } from '../../core/reclassify/command.ts';
import {
  beginAt,
  previewSpan,
  type Reclassification,
  reclassifySpan,
} from '../../core/reclassify/reclassify.ts';
import type { Warehouse } from '../../core/warehouse.ts';
import { clockOf } from '../clock.ts';
import { openWarehouse, requireDatabase } from '../duckdb.ts';
import { type Home, homeAt } from '../home.ts';
import { mergeFresh } from '../merge.ts';
import { readSettings } from '../settings.ts';
import { mergeSql, reclassifySql } from '../sql-texts.ts';
import type { Terminal } from '../terminal.ts';
import { withWarehouse } from '../with-warehouse.ts';

export interface HomeReclassifyOptions extends ReclassifyOptions {
  readonly home: string;
  readonly config: string;
}

/** Classifies the loads of the home folder again, by the rules of this version. */
export async function reclassify(options: HomeReclassifyOptions, terminal: Terminal): Promise<number> {
  const home = homeAt(options.home);
  requireDatabase(home);
  const due = clockOf(home, await readSettings(options.config)).due();
  if (!options.dryRun)
    await withWarehouse(
      () => openWarehouse(home),
      (warehouse) => mergeFresh(warehouse, home, { due }),
    );
  return reclassifyIn(homePlace(home, due), options, terminal);
}

function homePlace(home: Home, due: Due): ReclassifyPlace {
  const within = <Result>(
    end: 'commit' | 'rollback',
    work: (what: Reclassification) => Promise<Result>,
  ): Promise<Result> =>
    withWarehouse(
      () => openWarehouse(home),
      async (warehouse) => {
        // All of it or nothing: a power cut must not leave days that are not counted again.
        await warehouse.run('begin transaction');
        const result = await work(overHome(warehouse, due));
        await warehouse.run(end);
        return result;
      },
    );
  return {
    name: home.root,
    preview: (span) => within('rollback', (what) => previewSpan(what, span)),
    apply: (span) => within('commit', (what) => reclassifySpan(what, span, beginAt(Date.now()))),
  };
}

const overHome = (warehouse: Warehouse, due: Due): Reclassification => ({
  due,
  warehouse,
  sql: reclassifySql(),
  merge: mergeSql(),
  classifier: createClassifier(),
});
