import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, parseConfig } from '../core/config.ts';
import { UsageError } from './terminal.ts';

/** Where settings are looked for when no file is named. */
export const SETTINGS_FILE = 'clearpixel.config.ts';

/** Reads the settings file; without one in its usual place, every default holds. */
export async function readSettings(file: string): Promise<Config> {
  const path = resolve(file);
  if (!existsSync(path)) {
    if (file === SETTINGS_FILE) return parseConfig({}, file);
    throw new UsageError(
      `${file} does not exist: name a settings file, or leave --config out for the defaults`,
    );
  }
  try {
    const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
    return parseConfig(module.default, file);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
