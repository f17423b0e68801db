import type { CfnTable } from 'aws-cdk-lib/aws-glue';
import type { ViewColumn } from '../core/views.ts';

/** The two names each type has: Hive's in Glue, Trino's in the definition of a view. */
const TYPES: Readonly<Record<ViewColumn['type'], { readonly hive: string; readonly trino: string }>> = {
  text: { hive: 'string', trino: 'varchar' },
  bigint: { hive: 'bigint', trino: 'bigint' },
  int: { hive: 'int', trino: 'integer' },
  boolean: { hive: 'boolean', trino: 'boolean' },
  timestamp: { hive: 'timestamp', trino: 'timestamp(3)' },
};

type Described = Pick<ViewColumn, 'name' | 'type' | 'meaning'>;

/** Columns as Glue describes them. */
export const glueColumns = (columns: readonly Described[]): CfnTable.ColumnProperty[] =>
  columns.map(({ name, type, meaning }) => ({ name, type: TYPES[type].hive, comment: meaning }));

/** Columns as the stored definition of a view names them. */
export const trinoColumns = (
  columns: readonly Described[],
): { readonly name: string; readonly type: string }[] =>
  columns.map(({ name, type }) => ({ name, type: TYPES[type].trino }));
