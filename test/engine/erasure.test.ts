import { beforeAll, describe, expect, inject, test } from 'vitest';
import { ageTables } from '../../core/merge/aging.ts';
import { NOTHING_DUE } from '../../core/merge/due.ts';
import { forgetTokens } from '../../core/merge/forget.ts';
import { upkeepStatement } from '../../core/merge/upkeep.ts';
import { mergeSql } from '../../local/sql-texts.ts';
import { readWithHyparquet } from '../unit/parquet-readers.ts';
import { Engine } from './engine.ts';

const world = inject('engine');
const ADA = 'Ada0-engine-token';
const BOB = 'Bob0-engine-token';
const HASH = '4611686018427387904';
const DAYS = ['2026-11-23', '2026-11-24'];

describe.skipIf('missing' in world)('after a night the files of a table no longer hold', () => {
  let engine: Engine;
  beforeAll(async () => {
    if ('missing' in world) return;
    engine = await Engine.open(world);
  });
  const row = (load_id: number, recipient: string, dt = DAYS[0] as string) => ({
    ...{ load_id, recipient, dt, visitor: Number(HASH), network: Number(HASH), message: Number(HASH) },
    user_agent: 'Mozilla/5.0 Erased',
  });
  const give = () =>
    engine.give({ events: [row(1, ADA), row(2, BOB), row(3, ADA, DAYS[1])], campaigns: [], daily: [] });

  /** What a night does; Trino lets go of a snapshot at once, where Athena waits for a day. */
  async function night(): Promise<void> {
    await engine.warehouse.run(upkeepStatement({ table: 'events', work: 'optimize', days: DAYS }));
    for (const work of ['expire_snapshots', 'remove_orphan_files'])
      await engine.ask(`alter table events execute ${work}(retention_threshold => '0s')`, 'iceberg');
  }

  /** Values of some columns in all Parquet files, whether a snapshot names them or not; and names of other files with a text. */
  async function held(columns: readonly string[], text: string) {
    const files = [...(await engine.filesOf('events'))];
    const rows = files
      .filter(([name]) => name.endsWith('.parquet'))
      .map(([, bytes]) => readWithHyparquet(bytes));
    const values = new Set(
      (await Promise.all(rows)).flat().flatMap((one) => columns.map((column) => String(one[column]))),
    );
    const others = files
      .filter(([name, bytes]) => !name.endsWith('.parquet') && Buffer.from(bytes).includes(text))
      .map(([name]) => name);
    return { values, others };
  }

  test('a token that was forgotten', async () => {
    await give();
    await forgetTokens(engine.warehouse, mergeSql(), [ADA], NOTHING_DUE);
    expect((await held(['recipient'], ADA)).values).toContain(ADA);
    await night();
    const { values, others } = await held(['recipient'], ADA);
    expect([values, others]).toEqual([new Set([BOB, 'null']), []]);
  });

  test('hashes of a sealed day, and user agents that were too old', async () => {
    await give();
    const due = { ...NOTHING_DUE, eventsFrom: '2026-01-01', sealed: '2026-11-24', aged: '2026-11-24' };
    expect(await ageTables(engine.warehouse, mergeSql(), due)).toMatchObject({ sealed: DAYS, aged: DAYS });
    await night();
    const { values } = await held(['visitor', 'network', 'message', 'user_agent'], HASH);
    expect(values).toEqual(new Set(['1', 'null']));
  });
});
