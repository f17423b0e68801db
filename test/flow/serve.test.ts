import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRegistry } from '../../core/registry.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { registerCampaigns } from '../../local/registry-files.ts';
import { type PixelServer, type ServeOptions, startServer } from '../../local/serve.ts';

const edgeCode = readFileSync(new URL('../../edge/built/viewer-request.js', import.meta.url), 'utf8');
const PIXEL = readFileSync(new URL('../../edge/pixel.gif', import.meta.url));
const MINUTE = 60_000;

let home: Home;
let now: number;
let servers: PixelServer[];

beforeEach(() => {
  home = homeAt(mkdtempSync(join(tmpdir(), 'clearpixel-serve-')));
  now = Date.parse('2026-11-23T10:00:00Z');
  servers = [];
  registerCampaigns(home, parseRegistry('id\nspring', 'csv', 'campaigns.csv'));
});

afterEach(async () => {
  for (const server of servers) await server.close();
  rmSync(home.root, { recursive: true });
});

async function serve(options: Partial<ServeOptions> = {}): Promise<PixelServer> {
  const server = await startServer({
    home,
    edgeCode,
    port: 0,
    host: '127.0.0.1',
    now: () => now,
    ...options,
  });
  servers.push(server);
  return server;
}

/** Every log line written so far, its values by field. */
function logLines(): Record<string, string>[] {
  const texts = readdirSync(home.logs).map((name) =>
    gunzipSync(readFileSync(join(home.logs, name))).toString(),
  );
  return texts.flatMap((text) => {
    const fields = (/^#Fields: (.*)$/m.exec(text)?.[1] ?? '').split(' ');
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return lines.map((line) => Object.fromEntries(line.split('\t').map((value, at) => [fields[at], value])));
  });
}

const records = (): (string | undefined)[] => logLines().map((line) => line['viewer-request-log-data']);

/** What no HTTP client would send. */
function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: hostname, port: Number(port) }, () => socket.end(text));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (part) => {
      answer += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

describe('the pixel server', () => {
  it('answers with the pixel, never to be stored, and writes what CloudFront would log', async () => {
    const { url, flush } = await serve();
    const answer = await fetch(`${url}/p.gif?utm_campaign=spring&utm_medium=page`, {
      headers: { 'user-agent': 'Mail (ä) 1', referer: 'https://example.com/path' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/gif');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await answer.arrayBuffer()).equals(PIXEL)).toBe(true);
    const [path] = flush();
    expect(path).toMatch(/logs\/E2LOCALSERVE01\.2026-11-23-10\.[0-9a-f]{8}\.gz$/);
    expect(logLines()).toEqual([
      {
        'timestamp(ms)': String(now),
        'x-edge-request-id': expect.stringMatching(/^[\w-]{54}==$/),
        asn: '-',
        'c-country': '-',
        'x-edge-location': 'LOCAL',
        'cs-method': 'GET',
        'cs-uri-stem': '/p.gif',
        'sc-status': '200',
        'x-edge-result-type': 'Hit',
        'cs(User-Agent)': 'Mail%20(%C3%A4)%201',
        'viewer-request-log-data': expect.stringMatching(
          /^v=1&day=2026-11-23&campaign=spring&medium=page&mode=aggregate&visitor=[0-7][0-9a-f]{15}&network=[0-7][0-9a-f]{15}&referer=example\.com$/,
        ),
      },
    ]);
    expect(JSON.stringify(logLines())).not.toContain('127.0.0.1');
  });

  it.each([
    { name: 'HEAD', path: '/p.gif', method: 'HEAD', bytes: 0 },
    { name: 'POST', path: '/p.gif', method: 'POST', bytes: PIXEL.length },
    { name: 'OPTIONS', path: '/p.gif', method: 'OPTIONS', bytes: PIXEL.length },
    { name: 'an asset that does not exist', path: '/a/x/../banner.png', method: 'GET', bytes: PIXEL.length },
    {
      name: 'a malformed query',
      path: '/p.gif?%&%zz=%E5&utm_campaign=%00',
      method: 'GET',
      bytes: PIXEL.length,
    },
    { name: 'no query after its mark', path: '/p.gif?', method: 'GET', bytes: PIXEL.length },
  ])('has an image for $name', async ({ path, method, bytes }) => {
    const { url, flush } = await serve();
    const answer = await fetch(url + path, { method });
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes);
    flush();
    expect(logLines().map((line) => line['cs-method'])).toEqual([method]);
  });

  it.each([
    {
      name: 'a path of bytes',
      text: 'GET /p.gif?n=\u00ff\u0001 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    },
    {
      name: 'a whole URL',
      text: 'GET http://other.example/p.gif HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    },
    { name: 'no HTTP', text: 'hello\r\n\r\n' },
    { name: 'half a request', text: 'GET /p.g' },
    {
      name: 'a header of prototypes',
      text: 'GET /p.gif HTTP/1.1\r\nHost: x\r\n__proto__: y\r\nConnection: close\r\n\r\n',
    },
    { name: 'two slashes', text: 'GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' },
  ])('lives on after $name', async ({ text }) => {
    const { url } = await serve();
    await sendRaw(url, text);
    expect((await fetch(`${url}/p.gif`)).status).toBe(200);
  });

  it('serves assets of the folder, and nothing beside it', async () => {
    const assets = join(home.root, 'assets');
    mkdirSync(assets);
    writeFileSync(join(assets, 'banner.png'), 'a banner');
    const { url } = await serve({ assets });
    const banner = await fetch(`${url}/a/banner.png`);
    expect([banner.headers.get('content-type'), await banner.text()]).toEqual(['image/png', 'a banner']);
    const outside = await sendRaw(
      url,
      'GET /a/../store.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(outside).toContain('GIF89a');
    expect(outside).not.toContain('from_ms');
  });

  it('logs another path as what it is: no pixel', async () => {
    const { url, flush } = await serve();
    const answer = await fetch(`${url}/favicon.ico`);
    expect([answer.status, await answer.text()]).toEqual([404, 'the pixel is at /p.gif\n']);
    flush();
    expect(logLines()).toMatchObject([
      { 'cs-uri-stem': '/favicon.ico', 'sc-status': '404', 'viewer-request-log-data': '-' },
    ]);
  });

  it('gives a page’s routes the first word, and logs nothing of them', async () => {
    const { url, flush } = await serve({
      routes: (request, response) => {
        if (request.url !== '/') return false;
        response.end('the page');
        return true;
      },
    });
    expect(await (await fetch(url)).text()).toBe('the page');
    expect((await fetch(`${url}/p.gif`)).headers.get('content-type')).toBe('image/gif');
    expect(flush()).toHaveLength(1);
    expect(logLines()).toHaveLength(1);
  });

  it('loads as someone else, through the same edge function and log', async () => {
    const server = await serve();
    const record = await server.loadAs({
      query: 'utm_campaign=spring&utm_medium=email&n=1',
      userAgent: 'GoogleImageProxy',
      asn: 15_169,
      country: 'US',
      headers: { 'sec-purpose': 'prefetch' },
    });
    server.flush();
    expect(record).toMatch(
      /^v=1&day=2026-11-23&campaign=spring&medium=email&mode=aggregate&.*message=.*&signals=prefetch$/,
    );
    expect(logLines()).toMatchObject([
      {
        asn: '15169',
        'c-country': 'US',
        'cs(User-Agent)': 'GoogleImageProxy',
        'viewer-request-log-data': record,
      },
    ]);
  });

  it('writes a file by itself soon after a load, and one for what is left when it closes', async () => {
    const written = Promise.withResolvers<string>();
    const { url, close } = await serve({ onLogFile: (path) => written.resolve(path) });
    await fetch(`${url}/p.gif`);
    expect(readFileSync(await written.promise).length).toBeGreaterThan(0);
    await fetch(`${url}/p.gif`);
    await close();
    expect(logLines()).toHaveLength(2);
  });

  it('names files for the hour of their requests', async () => {
    const { url, flush } = await serve();
    await fetch(`${url}/p.gif`);
    now += 60 * MINUTE;
    await fetch(`${url}/p.gif`);
    expect(flush().map((path) => /\d{4}-\d{2}-\d{2}-\d{2}/.exec(path)?.[0])).toEqual([
      '2026-11-23-10',
      '2026-11-23-11',
    ]);
  });

  it('follows the registry while it runs, and keeps the store when the registry is broken', async () => {
    const warnings: string[] = [];
    const { url, flush } = await serve({ warn: (problem) => warnings.push(problem) });
    const registry = join(home.registry, 'campaigns.csv');
    writeFileSync(registry, 'id,recording\nspring,off\n');
    now += 2 * MINUTE;
    await fetch(`${url}/p.gif?utm_campaign=spring&utm_medium=email`);
    writeFileSync(registry, 'id,recording\nspring,of\n');
    now += 2 * MINUTE;
    await fetch(`${url}/p.gif?utm_campaign=spring&utm_medium=email`);
    flush();
    expect(records()).toEqual(Array(2).fill('v=1&day=2026-11-23&campaign=spring&mode=off'));
    expect(warnings.join()).toContain(
      'row 2, recording: write aggregate, consented, off, test or nothing, got "of"',
    );
  });

  it('has a key for each new day, and keeps keys and zone over a restart', async () => {
    const first = await serve({ timeZone: 'Europe/Berlin' });
    await fetch(`${first.url}/p.gif?utm_campaign=spring`);
    await first.close();
    const second = await serve({ timeZone: 'Europe/Berlin' });
    await fetch(`${second.url}/p.gif?utm_campaign=spring`);
    now = Date.parse('2026-11-23T23:00:00Z');
    await fetch(`${second.url}/p.gif?utm_campaign=spring`);
    second.flush();
    const [one, same, next] = records().toSorted();
    expect(one).toBe(same);
    expect(next).toContain('day=2026-11-24');
    expect(next?.split('visitor=')[1]).not.toBe(one?.split('visitor=')[1]);
    expect(JSON.parse(readFileSync(join(home.registry, 'zones.json'), 'utf8'))).toEqual([
      { from: '1970-01-01', zone: 'Europe/Berlin' },
    ]);
    expect(statSync(home.store).mode & 0o777).toBe(0o600);
  });

  it('says in one sentence why it cannot start', async () => {
    const { url } = await serve();
    const port = Number(new URL(url).port);
    await expect(serve({ port })).rejects.toThrow(
      `port ${port} is in use: stop the program that has it, or choose another with --port`,
    );
    await expect(serve({ host: '192.0.2.1' })).rejects.toThrow('192.0.2.1 is no address of this machine');
    writeFileSync(home.store, '[]');
    await expect(serve()).rejects.toThrow('store.json is no JSON object of texts: delete it');
    rmSync(home.store);
    writeFileSync(join(home.registry, 'zones.json'), '{}');
    await expect(serve()).rejects.toThrow('zones.json is no list of');
    writeFileSync(join(home.registry, 'campaigns.json'), '[]');
    rmSync(join(home.registry, 'zones.json'));
    await expect(serve()).rejects.toThrow('holds campaigns.csv and campaigns.json: keep one');
  });
});
