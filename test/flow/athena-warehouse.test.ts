import { describe, expect, it } from 'vitest';
import { AthenaWarehouse } from '../../lambda/athena-warehouse.ts';
import { FakeAthena, type Script } from './fake-athena.ts';

const row = (...cells: readonly (string | undefined)[]) => ({
  Data: cells.map((VarCharValue) => ({ VarCharValue })),
});
const columns = (types: Readonly<Record<string, string>>) => ({
  ResultSetMetadata: { ColumnInfo: Object.entries(types).map(([Name, Type]) => ({ Name, Type })) },
});

function open(script: Script, minutes = 5) {
  const athena = new FakeAthena(script);
  const waits: number[] = [];
  let leftMs = minutes * 60_000;
  const warehouse = new AthenaWarehouse({
    client: athena.client,
    database: 'clearpixel',
    workgroup: 'reports',
    remainingMs: () => leftMs,
    wait: async (ms) => {
      waits.push(ms);
      leftMs -= ms;
    },
  });
  return { athena, warehouse, waits };
}

describe('answers', () => {
  it('are rows of typed values, page after page, the header left out once', async () => {
    const types = columns({
      dt: 'varchar',
      loads: 'bigint',
      id: 'bigint',
      share: 'double',
      known: 'boolean',
      none: 'integer',
    });
    const header = row('dt', 'loads', 'id', 'share', 'known', 'none');
    const first = row('2026-11-16', '12', '-4611686018427387904', '0.5', 'true', undefined);
    const second = row('', '0', '1', '1.0E-7', 'false', '3');
    const { warehouse } = open({
      states: ['SUCCEEDED'],
      pages: [
        { ResultSet: { ...types, Rows: [header, first] } },
        { ResultSet: { ...types, Rows: [second] } },
      ],
    });
    expect(await warehouse.query('select 1')).toEqual([
      { dt: '2026-11-16', loads: 12, id: -4611686018427387904n, share: 0.5, known: true, none: null },
      { dt: '', loads: 0, id: 1, share: 1e-7, known: false, none: 3 },
    ]);
  });

  it('are asked for in the workgroup and database, parameters in quotes', async () => {
    const { athena, warehouse } = open({ states: ['SUCCEEDED'] });
    await warehouse.query('select ? , ?', ['2026-11-16', "o'clock"]);
    expect(athena.started).toEqual([
      {
        QueryString: 'select ? , ?',
        QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: 'clearpixel' },
        WorkGroup: 'reports',
        ExecutionParameters: ["'2026-11-16'", "'o''clock'"],
      },
    ]);
  });
});

describe('the wait for an end', () => {
  it('grows, up to five seconds', async () => {
    const { warehouse, waits } = open({ states: [...Array(12).fill('RUNNING'), 'SUCCEEDED'] });
    await warehouse.run('merge');
    expect(waits.slice(0, 3)).toEqual([200, 300, 450]);
    expect(Math.max(...waits)).toBe(5_000);
  });

  it.each([
    {
      name: 'a failure',
      script: { states: ['QUEUED', 'FAILED'], reason: 'ICEBERG_COMMIT_ERROR: conflict' },
      rule: 'query q1 failed: ICEBERG_COMMIT_ERROR: conflict',
    },
    {
      name: 'a failure without a reason',
      script: { states: ['FAILED'] },
      rule: 'query q1 failed: no reason given',
    },
    { name: 'a cancellation', script: { states: ['CANCELLED'] }, rule: 'query q1 was cancelled: by someone' },
  ])('ends with $name', async ({ script, rule }) => {
    await expect(open(script).warehouse.run('merge')).rejects.toThrow(rule);
  });

  it('ends before the function does, and stops the query', async () => {
    const { athena, warehouse, waits } = open({ states: ['RUNNING'] }, 1);
    await expect(warehouse.run('merge')).rejects.toThrow(
      'query q1 did not end in the time this function has',
    );
    expect(athena.stopped).toEqual(['q1']);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(45_000);
  });
});
