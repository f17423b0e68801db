import type { Warehouse } from '../core/warehouse.ts';

/** A warehouse that holds something which others may be waiting for. */
export interface OpenWarehouse extends Warehouse {
  close(): Promise<void>;
}

/** Opens a warehouse for some work and closes it whatever comes of that. */
export async function withWarehouse<Result>(
  open: () => Promise<OpenWarehouse>,
  work: (warehouse: OpenWarehouse) => Promise<Result>,
): Promise<Result> {
  const warehouse = await open();
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}
