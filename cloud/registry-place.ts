import { REGISTRY_FILES } from '../core/layout.ts';
import { type Carried, readCarried } from '../core/registry/carried.ts';
import { type RegistryFormat, readRegistry, registryAmong } from '../core/registry/file.ts';
import type { PlacedRegistry, RegistryPlace } from '../core/registry/place.ts';
import { UsageError } from '../core/terminal.ts';
import type { StoredObjects } from './stored-objects.ts';

export interface StackPlaceOptions {
  readonly data: StoredObjects;
  readonly stack: string;
  readonly waitSeconds: number;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly progress: (text: string) => void;
}

/** S3 announces a new file to edge-state within seconds; its answer is small. */
const LOOK_MS = 2_000;

/** The registry of a deployed stack: an object of its data bucket, which edge-state carries into the edge store. */
export class StackPlace implements RegistryPlace {
  readonly name: string;
  readonly asks = true;
  private readonly options: StackPlaceOptions;

  constructor(options: StackPlaceOptions) {
    this.options = options;
    this.name = `the stack ${options.stack}`;
  }

  async read(): Promise<PlacedRegistry | null> {
    const file = registryAmong(await this.options.data.keys(REGISTRY_FILES.campaigns));
    if (file === null) return null;
    const { bytes, etag } = await this.options.data.read(file.name);
    return { format: file.format, campaigns: readRegistry(bytes, file.format, file.name), version: etag };
  }

  async carried(): Promise<Carried | null> {
    const { data } = this.options;
    // Without the right to list all, S3 answers for a missing key that it may not be read.
    if ((await data.keys(REGISTRY_FILES.carried)).length === 0) return null;
    return readCarried(Buffer.from((await data.read(REGISTRY_FILES.carried)).bytes).toString('utf8'));
  }

  async replace(present: PlacedRegistry | null, text: string, format: RegistryFormat): Promise<Carried> {
    const before = await this.carried();
    const key = REGISTRY_FILES.campaigns + format;
    const etag = await this.options.data.replace(present?.version ?? null, key, text);
    if (etag === null)
      throw new UsageError(`${this.name} got another registry meanwhile: look at it, then do it again`);
    return this.arrival(key, etag, before);
  }

  /** Waits until edge-state names this content in an answer that was not there before. */
  private async arrival(key: string, etag: string, before: Carried | null): Promise<Carried> {
    const { data, waitSeconds, now, pause, progress } = this.options;
    const until = now() + waitSeconds * 1000;
    for (;;) {
      const carried = await this.carried();
      if (carried?.etag === etag && carried.at !== before?.at) return withoutProblem(carried);
      if ((await data.read(key)).etag !== etag)
        throw new Error(
          `${this.name} got another registry right after this one: see clearpixel campaigns list`,
        );
      if (now() >= until)
        throw new Error(
          `${this.name} has the file, but no word came from its edge in ${waitSeconds} seconds: ` +
            'see clearpixel campaigns list --stack, and docs/runbook.md#registry-not-applied',
        );
      progress('the file is in its place; waiting for the edge store');
      await pause(LOOK_MS);
    }
  }
}

function withoutProblem(carried: Carried): Carried {
  if (carried.problem === null) return carried;
  throw new Error(
    `the file is in its place, but the edge refused it and keeps what it had: ${carried.problem}`,
  );
}
