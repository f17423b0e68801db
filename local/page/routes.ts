/** Answers of the local page. Everything it needs of its process comes in by `deps`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkLink, makeLink } from '../../core/links/pixel-link.ts';
import { collectReport } from '../../core/report/collect.ts';
import { nextPeriod, type Period, parsePeriod } from '../../core/report/period.ts';
import { withWarehouse } from '../with-warehouse.ts';
import type { PageDeps } from './deps.ts';
import { pageHtml, SCRIPT } from './document.ts';
import { type Access, EXAMPLE_PAGE, readAccess } from './example-document.ts';
import { createFeed, type LiveFeed } from './live.ts';
import { PERSONAS, personaLoad } from './personas.ts';

export interface LocalPage {
  /** Answers the page's own paths; false leaves the request to others. */
  routes(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** To be called when new loads are in the tables. */
  arrived(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** @default those of the local page */
  readonly headers?: Readonly<Record<string, string>>;
}

const LIVE_SQL = readFileSync(new URL('live.sql', import.meta.url), 'utf8');
const SCRIPT_HASH = createHash('sha256').update(SCRIPT).digest('base64');

/** Names come from logs, so the browser is told to run nothing but this page's own script and to ask no other host. */
const HEADERS = {
  'content-security-policy': `default-src 'none'; script-src 'sha256-${SCRIPT_HASH}'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** The example document runs another script, and its own alone. */
const EXAMPLE_HEADERS = {
  ...HEADERS,
  'content-security-policy': HEADERS['content-security-policy'].replace(SCRIPT_HASH, EXAMPLE_PAGE.scriptHash),
} as const;

const json = (body: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});
const problem = (sentence: string, status: number): Answer => json({ problem: sentence }, status);

/** The local page over a warehouse, a classifier and a pixel server. */
export function createPage(deps: PageDeps): LocalPage {
  const since = { day: deps.today(), ms: deps.now() };
  const feed = createFeed(LIVE_SQL, deps.classifier, since);
  const state: LiveState = { feed, access: [] };
  return {
    async routes(request, response) {
      // Put together as text: taken as relative, a path of two slashes would name another host.
      const url = URL.parse(originOf(request) + (request.url ?? '/'));
      const answer = url === null ? null : await answerTo(request, url, deps, state);
      if (answer === null) return false;
      response.writeHead(answer.status, {
        ...(answer.headers ?? HEADERS),
        'content-type': `${answer.type}; charset=utf-8`,
      });
      response.end(answer.body);
      return true;
    },
    arrived: () =>
      withWarehouse(deps.openWarehouse, async (warehouse) => {
        await feed.refresh(warehouse);
        state.access = await readAccess(warehouse, since.day);
      }),
  };
}

/** What came since the server started, as it was looked at last. */
interface LiveState {
  readonly feed: LiveFeed;
  access: readonly Access[];
}

async function answerTo(
  request: IncomingMessage,
  url: URL,
  deps: PageDeps,
  { feed, access }: LiveState,
): Promise<Answer | null> {
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /':
      return reportPage(url, deps);
    case 'GET /api/live':
      return json({
        now: deps.now(),
        entries: feed.entriesAfter(Number(url.searchParams.get('after') ?? 0)),
        access,
      });
    case 'GET /document':
      return { status: 200, type: 'text/html', body: EXAMPLE_PAGE.html, headers: EXAMPLE_HEADERS };
    case 'POST /api/load':
      return loadPersona(request, url, deps);
    case 'GET /api/link':
      return linkAnswer(url, deps);
    default:
      return null;
  }
}

async function reportPage(url: URL, deps: PageDeps): Promise<Answer> {
  const period = askedPeriod(url.searchParams.get('period'));
  if (typeof period === 'string') return problem(period, 400);
  const body = await withWarehouse(deps.openWarehouse, async (warehouse) => {
    const shown = period ?? deps.period();
    const report = await collectReport(warehouse, deps.sql, shown, { smallNumber: deps.smallNumber });
    const truth = await deps.truth(warehouse, shown);
    const { source, zone } = deps;
    const later = nextPeriod(shown);
    const newest = later.from > deps.period().until;
    return pageHtml({
      report,
      truth,
      later: newest ? null : later,
      source,
      zone,
      origin: url.origin,
      campaigns: deps.campaigns(),
      tokens: [deps.nonce(), deps.nonce()],
    });
  });
  return { status: 200, type: 'text/html', body };
}

function askedPeriod(text: string | null): Period | string | null {
  if (text === null) return null;
  try {
    return parsePeriod(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function loadPersona(request: IncomingMessage, url: URL, deps: PageDeps): Promise<Answer> {
  // A page of another site must not be able to make loads here.
  if (!['same-origin', undefined].includes(request.headers['sec-fetch-site']?.toString())) {
    return problem('loads are made by this page only', 403);
  }
  const asked = url.searchParams.get('as');
  const persona = PERSONAS.find(({ id }) => id === asked);
  if (persona === undefined) {
    return problem(`choose one of ${PERSONAS.map(({ id }) => id).join(', ')}, got "${asked ?? ''}"`, 400);
  }
  await deps.loadAs(personaLoad(persona, request.headers['user-agent'] ?? '', deps.nonce()));
  return json({});
}

function linkAnswer(url: URL, deps: PageDeps): Answer {
  const value = (name: string): string => (url.searchParams.get(name) ?? '').trim();
  const request = {
    campaign: value('campaign'),
    medium: value('medium'),
    source: value('source'),
    content: value('content'),
    copyTag: value('copyTag'),
  };
  const problems = checkLink(request);
  if (problems.length > 0) return json({ problems });
  const registered = deps.campaigns().includes(request.campaign);
  return json({ ...makeLink(url.origin, request), registered, problems });
}

/** The host as the browser named it; anything odd becomes localhost. */
function originOf({ headers, socket }: IncomingMessage): string {
  const host = headers.host ?? '';
  const port = socket.localPort === undefined ? '' : `:${socket.localPort}`;
  return /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d+)?$/i.test(host) ? `http://${host}` : `http://localhost${port}`;
}
