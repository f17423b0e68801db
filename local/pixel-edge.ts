import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { PIXEL_PATH } from '../core/layout.ts';
import { createEdge, type EdgeRequest } from './edge-runtime.ts';
import { openStore, seedStore } from './edge-store.ts';
import type { Home } from './home.ts';
import { createLogWriter } from './log-writer.ts';

/** A load that did not happen, to see how one from elsewhere would be labelled. */
export interface PretendLoad {
  /** Without a question mark. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Takes the place of the header user-agent. */
  readonly userAgent?: string;
  readonly asn?: number | null;
  readonly country?: string | null;
  /** @default GET */
  readonly method?: string;
  /** @default 127.0.0.1 */
  readonly ip?: string;
}

export interface PixelEdgeOptions {
  readonly home: Home;
  readonly edgeCode: string;
  readonly timeZone?: string;
  readonly now?: () => number;
  readonly onLogFile?: (path: string) => void;
  readonly warn?: (problem: string) => void;
}

export type PixelEdge = ReturnType<typeof createPixelEdge>;

/** How often the registry is looked at: a changed campaign holds within a minute, a new day gets its key in time. */
const SEED_MS = 60_000;
const LOOPBACK = '127.0.0.1';

/** Takes requests through the edge function and writes what CloudFront would log of them. */
export function createPixelEdge(options: PixelEdgeOptions) {
  const { home, timeZone, now = Date.now, warn = console.error } = options;
  const zone = timeZone === undefined ? {} : { timeZone };
  const writer = createLogWriter(home.logs, options.onLogFile ?? (() => undefined), warn);
  const run = createEdge(options.edgeCode, openStore(home), now);
  seedStore(home, { now: now(), ...zone });
  let seededMs = now();

  const seed = (): void => {
    if (now() - seededMs < SEED_MS) return;
    seededMs = now();
    try {
      seedStore(home, { now: now(), ...zone });
    } catch (error) {
      warn(`the edge store stays as it is: ${error instanceof Error ? error.message : error}`);
    }
  };
  const load = async (request: EdgeRequest, status: number, asn: number | null, country: string | null) => {
    seed();
    const timestampMs = now();
    const record = await run(request).then(
      (answer) => answer.record,
      (error: unknown) => {
        warn(error instanceof Error ? error.message : String(error));
        return null;
      },
    );
    writer.add({
      timestampMs,
      requestId: requestId(),
      asn,
      country,
      edgeLocation: 'LOCAL',
      method: request.method,
      uriStem: request.uri,
      status,
      resultType: status < 400 ? 'Hit' : 'Error',
      userAgent: request.headers['user-agent'] ?? null,
      record,
    });
    return record;
  };
  return {
    load: (request: IncomingMessage, status: number) => load(edgeRequest(request), status, null, null),
    loadAs: (pretend: PretendLoad) =>
      load(pretendRequest(pretend), 200, pretend.asn ?? null, pretend.country ?? null),
    flush: writer.flush,
    close: writer.close,
  };
}

function edgeRequest(request: IncomingMessage): EdgeRequest {
  const url = utf8(request.url ?? '/');
  const mark = url.indexOf('?');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, utf8(String(value))]);
  return {
    method: request.method ?? 'GET',
    uri: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: Object.fromEntries(headers),
    ip: request.socket.remoteAddress ?? LOOPBACK,
  };
}

function pretendRequest({ query, headers, userAgent, method, ip }: PretendLoad): EdgeRequest {
  const agent: EdgeRequest['headers'] = userAgent === undefined ? {} : { 'user-agent': userAgent };
  return {
    method: method ?? 'GET',
    uri: PIXEL_PATH,
    query,
    headers: { ...headers, ...agent },
    ip: ip ?? LOOPBACK,
  };
}

/** Node reads bytes as Latin-1; clients that send more than ASCII mostly send UTF-8. */
function utf8(value: string): string {
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? value : text;
}

/** CloudFront's ids are 40 bytes in base64 with - and _. */
const requestId = (): string => `${randomBytes(40).toString('base64url')}==`;
