import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DELIVERED_FIELDS } from '../core/layout.ts';
import { type BenchRequest, World } from './world.ts';

/** A folder of log files with as many lines. */
export interface BenchSet {
  readonly name: 'legacy' | 'v2';
  readonly folder: string;
  readonly lines: number;
}

const LINES_PER_FILE = 25_000;
const START = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;

const LEGACY_FIELDS =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end';

const FORMATS = {
  legacy: { fields: LEGACY_FIELDS, line: legacyLine },
  v2: { fields: DELIVERED_FIELDS.join(' '), line: v2Line },
} as const;

/** Makes the log files of a format, or finds those of an earlier run. */
export function makeSet(name: BenchSet['name'], lines: number): BenchSet {
  const folder = join(tmpdir(), 'clearpixel-bench', `${name}-${lines}-4`);
  if (!existsSync(folder)) {
    rmSync(`${folder}.part`, { recursive: true, force: true });
    mkdirSync(`${folder}.part`, { recursive: true });
    writeFiles(name, lines, `${folder}.part`);
    renameSync(`${folder}.part`, folder);
  }
  return { name, folder, lines };
}

function writeFiles(name: BenchSet['name'], lines: number, folder: string): void {
  const world = new World(Math.min(250_000, lines));
  const { fields, line } = FORMATS[name];
  for (let file = 0; file * LINES_PER_FILE < lines; file++) {
    const hour = START + file * HOUR;
    const count = Math.min(LINES_PER_FILE, lines - file * LINES_PER_FILE);
    const rows = Array.from({ length: count }, () => line(world.request(hour + world.below(HOUR)), world));
    const text = ['#Version: 1.0', `#Fields: ${fields}`, ...rows, ''].join('\n');
    const stamp = new Date(hour).toISOString().slice(0, 13).replace('T', '-');
    writeFileSync(
      join(folder, `E2BENCHMARK000.${stamp}.${String(file).padStart(8, '0')}.gz`),
      gzipSync(text),
    );
  }
}

const escapeSpaces = (text: string): string => text.replaceAll(' ', '%20').replaceAll("'", '%27');

function legacyLine(request: BenchRequest, world: World): string {
  const [day = '', clock = ''] = new Date(request.ms).toISOString().split('T');
  const query = `utm_campaign=${request.campaign}&utm_medium=email&utm_source=newsletter&utm_content=${request.content}&rid=${request.recipient}`;
  return [
    day,
    clock.slice(0, 8),
    request.edge,
    400 + world.below(200),
    request.address,
    'GET',
    'd111111abcdef8.cloudfront.net',
    '/p.gif',
    request.status,
    world.below(4) === 0 ? 'https://mail.example.com/inbox' : '-',
    escapeSpaces(request.agent),
    query,
    '-',
    request.result,
    request.requestId,
    'px.example.com',
    'https',
    200 + world.below(200),
    `0.00${world.below(10)}`,
    '-',
    'TLSv1.3',
    'TLS_AES_128_GCM_SHA256',
    request.result,
    'HTTP/2.0',
    '-',
    '-',
    1_024 + world.below(60_000),
    `0.00${world.below(10)}`,
    request.result,
    'image/gif',
    '43',
    '-',
    '-',
  ].join('\t');
}

function v2Line(request: BenchRequest): string {
  const day = new Date(request.ms).toISOString().slice(0, 10);
  const record = `v=1&day=${day}&campaign=${request.campaign}&medium=email&source=newsletter&content=${request.content}&mode=aggregate&visitor=0${request.visitor}&network=0${request.network}&message=0${request.message}`;
  return [
    request.ms,
    request.requestId,
    request.asn,
    request.country,
    request.edge,
    'GET',
    '/p.gif',
    request.status,
    request.result,
    escapeSpaces(request.agent),
    record,
  ].join('\t');
}
