import { beforeAll, describe, expect, inject, test } from 'vitest';
import { EVENT_FILES } from '../../cloud/tables.ts';
import { Engine } from './engine.ts';

const world = inject('engine');

describe.skipIf('missing' in world)('files of events by day', () => {
  let engine: Engine;
  beforeAll(async () => {
    if (!('missing' in world)) engine = await Engine.open(world);
  });

  test('are what Iceberg says of each partition', async () => {
    await engine.give({ events: [{}, { dt: '2026-11-24' }, { dt: '2026-11-25' }] });
    const rows = await engine.warehouse.query(`${EVENT_FILES} order by 1`, ['2026-11-23', '2026-11-24']);
    expect(rows.map(({ dt, files }) => [dt, files])).toEqual([
      ['2026-11-23', 1],
      ['2026-11-24', 1],
    ]);
    expect(rows.map(({ bytes }) => Number(bytes) > 500)).toEqual([true, true]);
  });
});
