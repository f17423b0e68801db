import { DuckDBDecimalValue, DuckDBTimestampMillisecondsValue, type DuckDBValue } from '@duckdb/node-api';
import type { Row, Value } from '../core/warehouse.ts';

/** Turns rows of DuckDB's own values into those of a warehouse. */
export function toRows(
  columns: readonly string[],
  rows: readonly (readonly DuckDBValue[])[],
): readonly Row[] {
  return rows.map((values) =>
    Object.fromEntries(columns.map((column, index) => [column, toValue(values[index] ?? null)])),
  );
}

/** A count is a number as long as JavaScript holds it exactly; times and the rest are text. */
function toValue(value: DuckDBValue): Value {
  if (typeof value === 'bigint') return isSafe(value) ? Number(value) : value;
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBTimestampMillisecondsValue) return timestamp(Number(value.millis));
  if (value === null || typeof value !== 'object') return value;
  return String(value);
}

const isSafe = (value: bigint): boolean =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);

/** As Trino writes a timestamp(3). */
const timestamp = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, -1);
