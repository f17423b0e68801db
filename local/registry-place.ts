import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Carried } from '../core/registry/carried.ts';
import { type RegistryFormat, readRegistry } from '../core/registry/file.ts';
import type { PlacedRegistry, RegistryPlace } from '../core/registry/place.ts';
import { writeAtomically } from './atomic-file.ts';
import { seedStore } from './edge-store.ts';
import type { Home } from './home.ts';
import { registryFile } from './registry-files.ts';
import { UsageError } from './terminal.ts';

export interface HomePlaceOptions {
  readonly home: Home;
  /** Whose days a new home folder gets. */
  readonly timeZone: string;
  readonly now: () => number;
}

/** The registry of a home folder: its file, and the local edge that reads its store at each request. */
export class HomePlace implements RegistryPlace {
  readonly name: string;
  readonly asks = false;
  private readonly options: HomePlaceOptions;

  constructor(options: HomePlaceOptions) {
    this.options = options;
    this.name = `the home folder ${options.home.root}`;
  }

  async read(): Promise<PlacedRegistry | null> {
    const file = registryFile(this.options.home);
    if (file === null) return null;
    const bytes = readFileSync(file.path);
    return {
      format: file.format,
      campaigns: readRegistry(bytes, file.format, file.path),
      version: hash('sha256', bytes),
    };
  }

  /** Whatever serves the pixel here looks at the file once a minute and says nothing of it. */
  async carried(): Promise<null> {
    return null;
  }

  async replace(present: PlacedRegistry | null, text: string, format: RegistryFormat): Promise<Carried> {
    const { home, timeZone, now } = this.options;
    if ((await this.read())?.version !== present?.version)
      throw new UsageError(`${this.name} got another registry meanwhile: look at it, then do it again`);
    const path = join(home.registry, `campaigns.${format}`);
    writeAtomically(path, text);
    const { put, remove } = seedStore(home, { now: now(), timeZone });
    return {
      etag: hash('sha256', text),
      at: new Date(now()).toISOString(),
      campaigns: readRegistry(Buffer.from(text), format, path).length,
      put: put.size,
      removed: remove.length,
      problem: null,
    };
  }
}
