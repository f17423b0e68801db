import { type Config, type ConfigInput, parseConfig } from '../core/config.ts';
import { settingsView } from '../core/views.ts';
import { assetImages } from './images.ts';

export type { Config, ConfigInput };

/**
 * Fills defaults and refuses what cannot be deployed; throws one Error that an operator can act on.
 * @param name of the file, for the message
 */
export function checkConfig(input: ConfigInput, name?: string): Config {
  const config = parseConfig(input, name);
  const { from, to } = config.report;
  if (from !== undefined && to.length === 0) {
    throw new Error(
      `report.to names nobody, but report.from is ${from}: name who gets the report, or no sender`,
    );
  }
  if (from === undefined && to[0] !== undefined) {
    throw new Error(
      `report.from names no sender, but report.to has ${to[0]}: name a verified SES identity, or nobody`,
    );
  }
  settingsView(config.thresholds);
  assetImages(config.assets);
  return config;
}
