/** Statements that make tables and views in both engines, from core/schema. */
import type { Column, ColumnType, Table } from '../schema.ts';

/** As DuckDB's DDL and both engines' information_schema name them. */
const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  bigint: 'bigint',
  int: 'integer',
  boolean: 'boolean',
};
/** Athena's DDL speaks Hive's names. */
const ATHENA_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  bigint: 'bigint',
  int: 'int',
  boolean: 'boolean',
};

/** Makes a table in DuckDB; null is refused where the schema says so. */
export function duckdbTable({ name, columns }: Pick<Table, 'name' | 'columns'>): string {
  const lines = columns.map(
    (column) => `  ${column.name} ${SQL_TYPES[column.type]}${column.optional ? '' : ' not null'}`,
  );
  return `create table if not exists ${name} (\n${lines.join(',\n')}\n)`;
}

/** Adds the columns that the schema has and the table lacks; rows that are there read null. */
export function duckdbExtend({ name, columns }: Table, present: ReadonlySet<string>): readonly string[] {
  return missing(columns, present).map(
    (column) => `alter table ${name} add column ${column.name} ${SQL_TYPES[column.type]}`,
  );
}

/**
 * Makes an Iceberg table on Athena. Thresholds of 1 make OPTIMIZE rewrite every file that has a deleted row, so that
 * erased values leave the files, and VACUUM drops snapshots after a day (never below the time limit of statements).
 */
export function athenaTable({ name, columns, partition }: Table, database: string, location: string): string {
  const lines = columns.map((column) => `  ${column.name} ${ATHENA_TYPES[column.type]}`);
  return `create table if not exists ${database}.${name} (
${lines.join(',\n')}
)
${partition === null ? '' : `partitioned by (${partition})\n`}location '${checkedLocation(location)}'
tblproperties (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'write_compression' = 'zstd',
  'optimize_rewrite_delete_file_threshold' = '1',
  'optimize_rewrite_data_file_threshold' = '1',
  'vacuum_max_snapshot_age_seconds' = '86400'
)`;
}

/** One statement that adds the columns a table on Athena lacks; null when it lacks none. */
export function athenaExtend(
  { name, columns }: Table,
  database: string,
  present: Pick<ReadonlySet<string>, 'has'>,
): string | null {
  const lacking = missing(columns, present).map((column) => `${column.name} ${ATHENA_TYPES[column.type]}`);
  return lacking.length === 0 ? null : `alter table ${database}.${name} add columns (${lacking.join(', ')})`;
}

/**
 * How columns of a table that is there differ in type from the schema, one sentence each; `present` is what
 * information_schema says. A column that the schema lacks is none of them: an older version, as after a rollback, works
 * beside it.
 */
export function typeProblems(
  { name, columns }: Table,
  present: ReadonlyMap<string, string>,
): readonly string[] {
  return columns.flatMap((column) => {
    const wanted = SQL_TYPES[column.type];
    const got = present.get(column.name)?.toLowerCase() ?? wanted;
    return got === wanted
      ? []
      : [`${name}.${column.name} is ${wanted} in core/schema, got a table with ${got}`];
  });
}

/** Makes or replaces a view; the body is a plain select. */
export function createView(name: string, body: string): string {
  return `create or replace view ${name} as\n${body}`;
}

function missing(columns: readonly Column[], present: Pick<ReadonlySet<string>, 'has'>): readonly Column[] {
  return columns.filter((column) => !present.has(column.name));
}

function checkedLocation(location: string): string {
  if (/^s3:\/\/[a-z0-9][a-z0-9.-]+\/([A-Za-z0-9_.=-]+\/)*$/.test(location)) return location;
  throw new Error(`a location is s3://bucket/folder/, got ${JSON.stringify(location)}`);
}
