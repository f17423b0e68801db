/** The hosted document of docs/document-viewer, served by the page's own server, and what becomes of its loads. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Campaign, NEW_CAMPAIGN } from '../../core/campaign.ts';
import type { Row, Warehouse } from '../../core/warehouse.ts';

const FOLDER = new URL('../../docs/document-viewer/', import.meta.url);

/** Its pages, which are tracked like the pixel. */
export const EXAMPLE_ASSETS = fileURLToPath(new URL('assets/', FOLDER));

/** `start` registers it. */
export const EXAMPLE_DOCUMENT: Campaign = {
  ...NEW_CAMPAIGN,
  id: 'example-document',
  name: 'The example document of the local page',
  medium: 'document',
  recording: 'consented',
};

const HTML = readFileSync(new URL('index.html', FOLDER), 'utf8')
  .replace(/data-pixel="[^"]*"/, 'data-pixel=""')
  .replace(/data-campaign="[^"]*"/, `data-campaign="${EXAMPLE_DOCUMENT.id}"`);
const SCRIPT = /<script type="module">([\s\S]*)<\/script>/.exec(HTML)?.[1] ?? '';

/** The page, and the hash of the one script that it may run. */
export const EXAMPLE_PAGE = {
  html: HTML,
  scriptHash: createHash('sha256').update(SCRIPT).digest('base64'),
} as const;

/** One reader's loads of a day. */
export interface Access {
  readonly recipient: string;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly loads: number;
}

const SQL = readFileSync(new URL('access.sql', import.meta.url), 'utf8');

/** Who opened the example since a day, the newest first. */
export async function readAccess(warehouse: Warehouse, day: string): Promise<readonly Access[]> {
  return (await warehouse.query(SQL, [day, EXAMPLE_DOCUMENT.id])).map(accessOf);
}

const accessOf = (row: Row): Access => ({
  recipient: String(row['recipient']),
  firstMs: Number(row['first_ms']),
  lastMs: Number(row['last_ms']),
  loads: Number(row['loads']),
});
