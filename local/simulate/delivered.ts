import { ASSET_PREFIX, PIXEL_PATH } from '../../core/layout.ts';
import { formatLogLine } from '../cloudfront-log.ts';
import type { EdgeRequest } from '../edge-runtime.ts';
import { queryOf } from './links.ts';
import type { Headers, PlannedLoad } from './load-plan.ts';
import { addressText } from './networks.ts';
import type { Random } from './random.ts';

/** The request as the edge sees it, address and nonce included. */
export function requestOf(load: PlannedLoad): EdgeRequest {
  const agent: Headers = load.agent === null ? {} : { 'user-agent': load.agent };
  return {
    method: load.cause.method ?? 'GET',
    uri: load.link.path,
    query: queryOf(load.link, load.copy),
    headers: { ...agent, ...load.headers },
    ip: addressText(load.origin),
  };
}

/** The same request as CloudFront logs it. */
export function lineOf(load: PlannedLoad, requestId: string, record: string | null, random: Random): string {
  const { network } = load.origin;
  const status = load.cause.status ?? 200;
  return formatLogLine({
    timestampMs: load.atMs,
    requestId,
    asn: network.asn,
    country: network.country,
    edgeLocation: random.item(network.edgeLocations),
    method: load.cause.method ?? 'GET',
    uriStem: load.link.path,
    status,
    resultType: resultOf(status, random),
    userAgent: load.agent,
    record,
  });
}

/** Whether the line is a load at all. */
export const isLoad = ({ link }: PlannedLoad): boolean =>
  link.path === PIXEL_PATH || link.path.startsWith(ASSET_PREFIX);

/** CloudFront's ids are 40 bytes in base64 with - and _. */
export function newRequestId(random: Random): string {
  const bytes = Buffer.alloc(40);
  for (let at = 0; at < 40; at += 4) bytes.writeUInt32LE(Math.floor(random.next() * 2 ** 32), at);
  return `${bytes.toString('base64url')}==`;
}

/** The pixel hardly ever leaves the edge's cache. */
function resultOf(status: number, random: Random): string {
  if (status === 0 || status >= 400) return 'Error';
  const draw = random.next();
  if (draw < 0.97) return 'Hit';
  return draw < 0.99 ? 'RefreshHit' : 'Miss';
}
