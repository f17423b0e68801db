import type { Campaign } from '../campaign.ts';
import type { Carried } from './carried.ts';
import type { RegistryFormat } from './file.ts';

/** The registry as it lies in its place. */
export interface PlacedRegistry {
  readonly format: RegistryFormat;
  readonly campaigns: readonly Campaign[];
  /** Changes with the content: what is replaced must still have it. */
  readonly version: string;
}

/** Where a registry lies, with the edge that follows it: a home folder, or a deployed stack. */
export interface RegistryPlace {
  /** As one says it: "the stack ClearPixel". */
  readonly name: string;
  /** Whether others see a change at once, so that somebody should have looked at it. */
  readonly asks: boolean;
  /** Null where there is none yet; throws what is wrong with one that is broken. */
  read(): Promise<PlacedRegistry | null>;
  /** What the edge was brought in line with last; null where nobody knows. */
  carried(): Promise<Carried | null>;
  /** Puts a file in the place of the one that was read, and comes back when the edge has it. */
  replace(present: PlacedRegistry | null, text: string, format: RegistryFormat): Promise<Carried>;
}
