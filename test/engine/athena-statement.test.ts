import { describe, expect, it } from 'vitest';
import { athenaExtend, athenaTable } from '../../core/schema/tables.ts';
import { TABLES } from '../../core/schema.ts';
import { planStatement } from './athena-statement.ts';

const [EVENTS = TABLES[0]] = TABLES.filter(({ name }) => name === 'events');
if (EVENTS === undefined) throw new Error('the schema has no table events');

describe('what Athena words differently', () => {
  it('makes the tables of the schema in Iceberg’s catalog', () => {
    const { catalog, statements } = planStatement(
      athenaTable(EVENTS, 'clearpixel', 's3://data/tables/events/'),
    );
    expect(catalog).toBe('iceberg');
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatch(
      /^create table if not exists clearpixel\.events \(load_id bigint, .*dt varchar\) with/,
    );
    expect(statements[0]).toContain(
      "format = 'PARQUET', location = 's3://data/tables/events/', partitioning = array['dt']",
    );
  });

  it('adds each column by a statement of its own', () => {
    const present = new Set(
      EVENTS.columns.map(({ name }) => name).filter((name) => !['device', 'asn'].includes(name)),
    );
    expect(planStatement(athenaExtend(EVENTS, 'clearpixel', present) ?? '').statements).toEqual([
      'alter table clearpixel.events add column asn integer',
      'alter table clearpixel.events add column device varchar',
    ]);
  });

  it.each([
    {
      sql: "OPTIMIZE clearpixel.events REWRITE DATA USING BIN_PACK WHERE dt = '2026-11-23'",
      said: ["alter table clearpixel.events execute optimize WHERE dt = '2026-11-23'"],
    },
    {
      sql: 'VACUUM clearpixel.events',
      said: [
        "alter table clearpixel.events execute expire_snapshots(retention_threshold => '1d')",
        "alter table clearpixel.events execute remove_orphan_files(retention_threshold => '1d')",
      ],
    },
    {
      sql: "alter table clearpixel.events set tblproperties ('vacuum_max_snapshot_age_seconds' = '86400')",
      said: ['show create table clearpixel.events'],
    },
  ])('$sql', ({ sql, said }) => {
    expect(planStatement(sql)).toMatchObject({ catalog: 'iceberg', statements: said });
  });

  it('hands other statements on as they are, comments too', () => {
    const sql = '-- One row per day.\nselect dt from daily';
    expect(planStatement(sql)).toEqual({ catalog: 'awsdatacatalog', statements: [sql] });
  });

  it('binds parameters, quotes and all', () => {
    expect(planStatement("select 'a' as a from daily where dt = ?", ["'it''s'"]).statements).toEqual([
      "execute immediate 'select ''a'' as a from daily where dt = ?' using 'it''s'",
    ]);
  });
});

describe('what Athena refuses', () => {
  it.each([
    {
      sql: "create table t (a string) location 's3://d/t/' tblproperties ('format' = 'parquet')",
      said: 'ICEBERG',
    },
    {
      sql: "create table t (a string) location 's3://d/t/' tblproperties ('table_type' = 'ICEBERG', 'sorted_by' = 'a')",
      said: 'Unsupported table property key: sorted_by',
    },
    {
      sql: "alter table t set tblproperties ('comment' = 'x')",
      said: 'Unsupported table property key: comment',
    },
    { sql: 'alter table t add columns (a json)', said: 'no such column: a json' },
    { sql: 'truncate table t', said: 'no rule for this statement' },
    { sql: 'delete from t where dt = ?', parameters: ["'x'"], said: 'in a select only' },
    { sql: 'select ? as a from t where dt = 1', parameters: ["'x'"], said: 'after where only' },
  ])('$sql', ({ sql, parameters = [], said }) => {
    expect(() => planStatement(sql, parameters)).toThrow(said);
  });
});
