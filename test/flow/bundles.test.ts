import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricNamespace } from '../../core/metrics.ts';
import { BUNDLING } from '../../lib/bundling.ts';
import { arrival, batch, logFile, logLine, NOTHING_FORGOTTEN } from './logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearpixel-bundles-'));
const ENTRIES = ['edge-state', 'images', 'ingest', 'merge', 'report', 'tables'];
const KEY = 'logs/E2EXAMPLE.2026-11-17-08.1a2b3c4d.gz';

let inputs: Readonly<Record<string, readonly string[]>>;
let server: Server;
const objects = new Map<string, Buffer>();

const sourcesOf = ({ outputs }: Metafile, entry: string): readonly string[] => {
  const [, output] = Object.entries(outputs).find(([file]) => file.endsWith(`${entry}.mjs`)) ?? [];
  return Object.keys(output?.inputs ?? {});
};

beforeAll(async () => {
  const { metafile } = buildSync({
    ...BUNDLING,
    entryPoints: ENTRIES.map((entry) => resolve(import.meta.dirname, `../../lambda/${entry}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    metafile: true,
    banner: { js: BUNDLING.banner },
  });
  inputs = Object.fromEntries(ENTRIES.map((entry) => [entry, sourcesOf(metafile, entry)]));
  server = await objectServer();
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** As much of S3 as one ingest asks for, over HTTP: the bundle's own client talks to it. */
async function objectServer(): Promise<Server> {
  const http = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://s3').pathname);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.method === 'PUT') objects.set(path, Buffer.concat(parts));
      const body = request.method === 'GET' ? objects.get(path) : Buffer.alloc(0);
      response.writeHead(body === undefined ? 404 : 200, { etag: '"1"' }).end(body);
    });
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  return http;
}

/** Calls a bundle's handler in a Node of its own, away from node_modules. */
function call(entry: string, event: object, environment: Record<string, string>): Promise<string> {
  const script = `import(${JSON.stringify(join(folder, `${entry}.mjs`))})
    .then((module) => module.handler(${JSON.stringify(event)}))
    .then((answer) => console.log('ANSWER ' + JSON.stringify(answer)))`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    env: environment,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      said += part;
    });
  }
  return new Promise((ended) => child.on('close', () => ended(said)));
}

describe('the bundles', () => {
  it.each([
    { entry: 'edge-state', kilobytes: 650 },
    { entry: 'images', kilobytes: 500 },
    { entry: 'ingest', kilobytes: 800 },
    { entry: 'merge', kilobytes: 900 },
    { entry: 'report', kilobytes: 1_250 },
    { entry: 'tables', kilobytes: 400 },
  ])('$entry stays below $kilobytes kB, the AWS SDK included', ({ entry, kilobytes }) => {
    expect(readFileSync(join(folder, `${entry}.mjs`)).length / 1_000).toBeLessThan(kilobytes);
  });

  it('hold charts where a report is made and nowhere else', () => {
    const withCharts = ENTRIES.filter((entry) =>
      inputs[entry]?.some((file) => file.includes('node_modules/echarts')),
    );
    expect(withCharts).toEqual(['report']);
  });

  it('hold no laptop code', () => {
    const files = Object.values(inputs).flat();
    expect(files.filter((file) => /^(local|lib|bin)\//.test(file))).toEqual([]);
  });

  it('run on plain Node: a log object becomes a fresh file', async () => {
    const { port } = server.address() as AddressInfo;
    objects.set('/data/registry/zones.json', Buffer.from('[{"from":"1970-01-01","zone":"UTC"}]'));
    objects.set('/data/registry/assets.json', Buffer.from('[]'));
    objects.set('/data/registry/forgotten.json', Buffer.from(NOTHING_FORGOTTEN));
    objects.set(`/logs/${KEY}`, logFile(logLine({ id: 'a' })));
    const said = await call('ingest', batch(arrival(KEY)), {
      DATA_BUCKET: 'data',
      POWERTOOLS_SERVICE_NAME: 'ingest',
      POWERTOOLS_METRICS_NAMESPACE: metricNamespace('ClearPixel'),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    });
    expect(said).toContain('ANSWER {"batchItemFailures":[]}');
    expect([...objects.keys()].filter((path) => path.startsWith('/data/fresh/'))).toHaveLength(1);
    const figures = JSON.parse(said.split('\n').find((line) => line.includes('CloudWatchMetrics')) ?? '{}');
    expect(figures).toMatchObject({ service: 'ingest', Lines: 1, Drops: 0, FailedMessages: 0 });
    expect(figures._aws.CloudWatchMetrics).toMatchObject([
      { Namespace: 'clearpixel/ClearPixel', Dimensions: [['service']] },
    ]);
  });

  it.each(ENTRIES.filter((entry) => entry !== 'ingest'))('%s names the variable it lacks', async (entry) => {
    expect(await call(entry, {}, { AWS_REGION: 'us-east-1' })).toMatch(/environment variable \w+ is not set/);
  });
});
