import type { Campaign } from '../campaign.ts';
import { formatRegistry, parseRegistry } from './registry.ts';

export type RegistryFormat = 'csv' | 'json';

/** The two names that the one registry file may have. */
const NAME = /(?:^|[/\\])campaigns\.(csv|json)$/;

/** Which of the files named campaigns.* is the registry; null for none, refused where it is not clear which counts. */
export function registryAmong(names: readonly string[]): { name: string; format: RegistryFormat } | null {
  const [name, ...more] = names;
  if (name === undefined) return null;
  if (more.length > 0)
    throw new Error(
      `the registry is one file, got ${names.join(', ')}: delete one, so that it is clear which counts`,
    );
  const format = NAME.exec(name)?.[1];
  if (format === 'csv' || format === 'json') return { name, format };
  throw new Error(`the registry is campaigns.csv or campaigns.json, got ${name}`);
}

/** Campaigns of a file's bytes. What is no UTF-8 becomes U+FFFD, which parseRegistry refuses with its row. */
export const readRegistry = (bytes: Uint8Array, format: RegistryFormat, name: string): readonly Campaign[] =>
  parseRegistry(Buffer.from(bytes).toString('utf8'), format, name);

/** The campaigns as a file of this format. */
export const writeRegistry = (campaigns: readonly Campaign[], format: RegistryFormat): string =>
  format === 'csv' ? formatRegistry(campaigns) : `${JSON.stringify(campaigns, null, 2)}\n`;
