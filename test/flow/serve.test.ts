import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPixelWorld, type PixelWorld } from './pixel-server.ts';

const PIXEL = readFileSync(new URL('../../edge/pixel.gif', import.meta.url));

let world: PixelWorld;
beforeEach(() => {
  world = createPixelWorld();
});
afterEach(() => world.close());

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
    const { url, flush } = await world.serve();
    const answer = await fetch(`${url}/p.gif?utm_campaign=spring&utm_medium=page`, {
      headers: { 'user-agent': 'Mail (ä) 1', referer: 'https://example.com/path' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/gif');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await answer.arrayBuffer()).equals(PIXEL)).toBe(true);
    const [path] = flush();
    expect(path).toMatch(/logs\/E2LOCALSERVE01\.2026-11-23-10\.[0-9a-f]{8}\.gz$/);
    expect(world.logLines()).toEqual([
      {
        'timestamp(ms)': String(world.now),
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
    expect(JSON.stringify(world.logLines())).not.toContain('127.0.0.1');
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
    const { url, flush } = await world.serve();
    const answer = await fetch(url + path, { method });
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes);
    flush();
    expect(world.logLines().map((line) => line['cs-method'])).toEqual([method]);
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
    const { url } = await world.serve();
    await sendRaw(url, text);
    expect((await fetch(`${url}/p.gif`)).status).toBe(200);
  });

  it('serves assets of the folder, and nothing beside it', async () => {
    const assets = join(world.home.root, 'assets');
    mkdirSync(assets);
    writeFileSync(join(assets, 'banner.png'), 'a banner');
    const { url } = await world.serve({ assets });
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
    const { url, flush } = await world.serve();
    const answer = await fetch(`${url}/favicon.ico`);
    expect([answer.status, await answer.text()]).toEqual([404, 'the pixel is at /p.gif\n']);
    flush();
    expect(world.logLines()).toMatchObject([
      { 'cs-uri-stem': '/favicon.ico', 'sc-status': '404', 'viewer-request-log-data': '-' },
    ]);
  });

  it('gives a page’s routes the first word, and logs nothing of them', async () => {
    const { url, flush } = await world.serve({
      routes: (request, response) => {
        if (request.url !== '/') return false;
        response.end('the page');
        return true;
      },
    });
    expect(await (await fetch(url)).text()).toBe('the page');
    expect((await fetch(`${url}/p.gif`)).headers.get('content-type')).toBe('image/gif');
    expect(flush()).toHaveLength(1);
    expect(world.logLines()).toHaveLength(1);
  });

  it('loads as someone else, through the same edge function and log', async () => {
    const server = await world.serve();
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
    expect(world.logLines()).toMatchObject([
      {
        asn: '15169',
        'c-country': 'US',
        'cs(User-Agent)': 'GoogleImageProxy',
        'viewer-request-log-data': record,
      },
    ]);
  });
});
