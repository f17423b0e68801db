/** The local page over given rows: loads of its pixel become rows of the feed as the real flow would bring them. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClassifier } from '../../core/classify/classify.ts';
import type { Row, Warehouse } from '../../core/warehouse.ts';
import type { PageDeps, PageTruth } from '../../local/page/deps.ts';
import type { PersonaLoad } from '../../local/page/personas.ts';
import { createPage } from '../../local/page/routes.ts';
import { fakeWarehouse, type GivenRows, QUERY_NAMES } from '../unit/report/given-rows.ts';
import { WEEK } from '../unit/report/given-week.ts';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Invented, but adding up: one campaign's truth lies outside its range. */
const TRUTH: PageTruth = {
  seed: 7,
  scenario: 'default',
  zone: 'UTC',
  lines: 57_782,
  linesFound: 57_782,
  displays: 15_597,
  campaigns: new Map([
    ['spring-sale', 8010],
    ['weekly-digest-47', 4420],
    ['landing-black-friday', 1985],
    ['handbook-2026', 622],
    ['partner-note', 1260],
  ]),
  labels: [
    { label: 'likely_human', loads: 18_211, right: 18_047, wrong: 164, mistake: 'disguised scanner' },
    { label: 'proxied', loads: 14_120, right: 14_120, wrong: 0, mistake: null },
    { label: 'automated', loads: 4822, right: 4677, wrong: 145, mistake: 'first copy of a burst' },
  ],
};

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function servePage(
  given: GivenRows = WEEK,
  truth: PageTruth | null = TRUTH,
): Promise<PageServer> {
  const loads: Row[] = [];
  const classifier = createClassifier();
  const arrive = async (load: PersonaLoad) => {
    loads.unshift(rowOf(load, loads.length + 1, classifier));
    await page.arrived();
  };
  const page = createPage({ ...depsOver(given, truth, loads), classifier, loadAs: arrive });
  const server = createServer(async (request, response) => {
    if (await page.routes(request, response)) return;
    response.writeHead(200, { 'content-type': 'image/gif', 'cache-control': 'no-store' }).end(PIXEL);
    await arrive(ownLoad(request));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function depsOver(
  given: GivenRows,
  truth: PageTruth | null,
  loads: readonly Row[],
): Omit<PageDeps, 'classifier' | 'loadAs'> {
  const reports = fakeWarehouse(given);
  const warehouse: Warehouse = {
    ...reports,
    query: async (sql, parameters) => {
      if (sql.includes('from document_access')) return [];
      return sql.includes('from loads') ? loads : reports.query(sql, parameters);
    },
  };
  return {
    openWarehouse: async () => ({ ...warehouse, close: async () => {} }),
    sql: QUERY_NAMES,
    smallNumber: 10,
    period: () => ({ from: '2026-11-16', until: '2026-11-22' }),
    truth: async () => truth,
    source: truth === null ? 'imported logs' : 'simulated traffic',
    zone: 'UTC',
    campaigns: () => ['spring-sale', 'try-me'],
    now: () => Date.now(),
    today: () => '2026-11-23',
    nonce: () => String(loads.length),
  };
}

const ownLoad = ({ url, headers }: IncomingMessage): PersonaLoad => ({
  query: url?.split('?')[1] ?? '',
  headers: { 'user-agent': headers['user-agent'] ?? '' },
  asn: null,
  country: null,
});

function rowOf(
  { query, headers, asn, country }: PersonaLoad,
  id: number,
  classifier: PageDeps['classifier'],
): Row {
  const signals = headers['sec-gpc'] === '1' ? 'gpc' : '';
  const base = { load_id: id, loaded_ms: Date.now(), campaign: 'try-me', mode: 'aggregate' };
  if (signals !== '') return { ...base, class: 'unknown', tier: 'at_most', unit: '', flags: signals };
  const userAgent = headers['user-agent'] ?? null;
  const evidence = { userAgent, asn, country, method: 'GET', refererHost: null, signals };
  const verdict = classifier.classify(evidence);
  return {
    ...base,
    user_agent: userAgent,
    asn,
    country,
    method: 'GET',
    signals,
    flags: verdict.flags.join(' '),
    class: verdict.class,
    kind: verdict.kind,
    agent: verdict.agent,
    confidence: verdict.confidence,
    reasons: verdict.reasons.join(' '),
    tier: verdict.class === 'automated' ? 'neither' : verdict.kind === 'regardless' ? 'at_most' : 'at_least',
    unit: query.includes('n=') ? 'message' : 'visitor',
    first: true,
  };
}
