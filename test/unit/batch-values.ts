import type { BatchColumn } from '../../core/batch.ts';
import type { Column } from '../../core/schema.ts';
import type { Value } from '../../core/warehouse.ts';

/** One value of a column of a batch, as a reader of the file will see it. */
export function valueOfRow({ type }: Pick<Column, 'type'>, column: BatchColumn, row: number): Value {
  if (column.form === 'dictionary') return column.values[column.ids[row] ?? -1] ?? null;
  if (column.present !== null && column.present[row] === 0) return null;
  const value = column.values[row] ?? null;
  return type === 'boolean' ? value === 1 : value;
}
