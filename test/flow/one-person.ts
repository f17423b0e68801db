import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClassifier } from '../../core/classify/classify.ts';
import type { Row } from '../../core/warehouse.ts';
import { openWarehouse } from '../../local/duckdb.ts';
import { edgeCode } from '../../local/edge-code.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { ingestFiles } from '../../local/ingest-files.ts';
import { mergeFresh } from '../../local/merge.ts';
import { createPixelEdge } from '../../local/pixel-edge.ts';
import { readZones } from '../../local/registry-files.ts';
import { withWarehouse } from '../../local/with-warehouse.ts';

const NOON = Date.parse('2026-11-17T12:00:00Z');
const DAY_MS = 86_400_000;
/** Long after the last key of a day or a campaign. */
const LATER = NOON + 40 * DAY_MS;

export const MODES = ['aggregate', 'consented', 'test'];
const COPIES = ['day', 'campaign'];
export const CAMPAIGNS = [
  ...MODES.flatMap((mode) => COPIES.map((copies) => `${mode}-${copies}`)),
  'withdrawn',
];

/** Everything that is known of the person. */
export const PERSON = {
  agent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  addresses: ['203.0.113.77', '2001:db8:85a3::8a2e:370:7334'],
  prefixes: ['203.0.113.0/24', '2001:db8:85a3::/48'],
  nonces: ['NONCE-1', 'NONCE-2'],
};
export const tokenOf = (campaign: string): string => `token-of-${campaign}`;

export interface OnePerson {
  /** Holds all that is at rest. */
  readonly root: string;
  /** Rows of the person's days. */
  readonly rows: readonly Row[];
  /** The table of copies that are counted over a campaign's life. */
  readonly copies: readonly Row[];
  /** Keys as a spy with read access to the store would have copied them in their time. */
  readonly spied: ReadonlySet<string>;
  /** Keys that are in the store long after. */
  readonly left: readonly string[];
}

/** The same person looks at the same copies of every campaign, on two days, from each address; one campaign is withdrawn. */
export async function livePerson(): Promise<OnePerson> {
  const root = mkdtempSync(join(tmpdir(), 'clearpixel-unlinkable-'));
  const home = homeAt(join(root, 'home'));
  register(home);
  let clock = NOON;
  const edge = createPixelEdge({ home, edgeCode: edgeCode(), timeZone: 'UTC', now: () => clock });
  const spied = new Set<string>();
  for (clock of [NOON, NOON + DAY_MS])
    for (const query of queries())
      for (const ip of PERSON.addresses) {
        await edge.loadAs({ query, ip, userAgent: PERSON.agent, asn: 3320, country: 'DE' });
        for (const key of keysIn(home)) spied.add(key);
      }
  clock = LATER;
  await edge.loadAs({ query: 'utm_campaign=aggregate-day', ip: '198.51.100.1', userAgent: PERSON.agent });
  const tables = await ingested(home, edge.flush());
  edge.close();
  return { root, ...tables, spied, left: keysIn(home) };
}

function register(home: Home): void {
  mkdirSync(home.registry, { recursive: true });
  const lines = CAMPAIGNS.map((id) => {
    const [mode, copies = 'day'] = id === 'withdrawn' ? ['off'] : id.split('-');
    return [id, mode, copies, new Date(NOON).toISOString()].join(',');
  });
  const head = 'id,recording,copies,sent_from';
  writeFileSync(join(home.registry, 'campaigns.csv'), `${[head, ...lines].join('\n')}\n`);
}

const queries = (): readonly string[] =>
  CAMPAIGNS.flatMap((campaign) =>
    PERSON.nonces.map(
      (nonce) => `utm_campaign=${campaign}&utm_medium=email&n=${nonce}&rid=${tokenOf(campaign)}&consent=1`,
    ),
  );

const keysIn = (home: Home): readonly string[] =>
  [...readFileSync(home.store, 'utf8').matchAll(/[0-9a-f]{64}/g)].map(([key]) => key);

async function ingested(home: Home, logs: readonly string[]): Promise<Pick<OnePerson, 'rows' | 'copies'>> {
  const settings = { classifier: createClassifier(), zones: readZones(home, 'UTC'), assets: [] };
  for await (const result of ingestFiles(logs, home, settings))
    if ('problem' in result) throw new Error(result.problem);
  return withWarehouse(
    () => openWarehouse(home),
    async (warehouse) => {
      await mergeFresh(warehouse, home);
      return {
        rows: await warehouse.query(
          "select * from events where dt < '2026-12-01' order by campaign, dt, loaded_ms",
        ),
        copies: await warehouse.query('select * from copies where messages > 0 order by campaign'),
      };
    },
  );
}
