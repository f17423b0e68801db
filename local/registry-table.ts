import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Campaign, parseRegistry } from '../core/registry.ts';
import { CAMPAIGN_COLUMNS } from '../core/schema.ts';
import type { Value } from '../core/warehouse.ts';
import { once } from './database-setup.ts';
import type { Home } from './home.ts';

const FORMATS = ['csv', 'json'] as const;

/** Makes the table `campaigns` equal to the registry file, when the file changed. */
export async function loadRegistry(connection: DuckDBConnection, home: Home): Promise<void> {
  const format = FORMATS.find((one) => existsSync(fileOf(home, one)));
  const text = format === undefined ? '' : readFileSync(fileOf(home, format), 'utf8');
  await once(connection, 'registry', text, () =>
    replace(connection, format === undefined ? [] : parseRegistry(text, format, fileOf(home, format))),
  );
}

const fileOf = (home: Home, format: (typeof FORMATS)[number]): string =>
  join(home.registry, `campaigns.${format}`);

async function replace(connection: DuckDBConnection, campaigns: readonly Campaign[]): Promise<void> {
  await connection.run('begin transaction');
  await connection.run('delete from campaigns');
  const names = CAMPAIGN_COLUMNS.map(({ name }) => name);
  const insert = await connection.prepare(
    `insert into campaigns (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
  );
  for (const campaign of campaigns) {
    const row = campaignRow(campaign);
    insert.bind(names.map((name) => row[name] ?? null));
    await insert.run();
  }
  await connection.run('commit');
}

/** A campaign as a row of the table: instants as milliseconds, no report addresses. */
export function campaignRow(campaign: Campaign): Record<(typeof CAMPAIGN_COLUMNS)[number]['name'], Value> {
  return {
    campaign: campaign.id,
    name: campaign.name,
    owner: campaign.owner,
    medium: campaign.medium,
    sent_from_ms: instant(campaign.sent_from),
    sent_until_ms: instant(campaign.sent_until),
    audience: campaign.audience,
    recording: campaign.recording,
    copies: campaign.copies,
    ends: campaign.ends,
  };
}

const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text));
