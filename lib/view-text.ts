import { readFileSync } from 'node:fs';
import type { Config } from '../core/config.ts';
import { settingsView } from '../core/views.ts';
import { projectFile } from './project.ts';

/** The select of a view: its file in sql/views, or, for the numbers that operators set, the config. */
export const viewText = (name: string, config: Config): string =>
  name === 'settings'
    ? settingsView(config.thresholds)
    : readFileSync(projectFile('sql', 'views', `${name}.sql`), 'utf8');
