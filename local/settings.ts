import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, parseConfig } from '../core/config.ts';
import { UsageError } from './terminal.ts';

/** Reads the settings file; without one, every default holds. */
export async function readSettings(file: string): Promise<Config> {
  const path = resolve(file);
  if (!existsSync(path)) return parseConfig({}, file);
  try {
    const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
    return parseConfig(module.default, file);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
