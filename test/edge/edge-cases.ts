import type { EdgeCase } from './edge-world.ts';
import { copies, modes, parameters } from './parameter-cases.ts';
import { addresses, headers, stores } from './viewer-cases.ts';

/** Given request and store, the record. Both the emulated runtime and njs must give it. */
export const EDGE_CASES: readonly EdgeCase[] = [
  ...parameters,
  ...modes,
  ...copies,
  ...headers,
  ...addresses,
  ...stores,
];
