import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Home } from './home.ts';
import { createImages, type Image } from './images.ts';
import { createPixelEdge, type PixelEdge, type PretendLoad } from './pixel-edge.ts';
import { UsageError } from './terminal.ts';

/** Routes of a page that share the port: true when the request was answered. */
export type Routes = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface PixelServerOptions {
  readonly home: Home;
  /** Text of the built edge function. */
  readonly edgeCode: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly host: string;
  /** @default - the home folder's; UTC in a new one */
  readonly timeZone?: string;
  /** Folder served under /a/. @default - every asset is the pixel */
  readonly assets?: string;
  /** @default Date.now */
  readonly now?: () => number;
  readonly routes?: Routes;
  readonly onLogFile?: (path: string) => void;
  /** Told of what went wrong without harm to the reader. @default - standard error */
  readonly warn?: (problem: string) => void;
}

export interface PixelServer {
  readonly url: string;
  /** Sends a pretend load through the same edge function into the same log. */
  loadAs(load: PretendLoad): Promise<string | null>;
  /** Writes the log file of what came so far. */
  flush(): readonly string[];
  close(): Promise<void>;
}

/** Serves the pixel as the stack would: an image whatever happens, one log line a request. */
export async function startPixelServer(options: PixelServerOptions): Promise<PixelServer> {
  const edge = createPixelEdge(options);
  const images = createImages(options.assets);
  const server = createServer((request, response) => {
    answer(request, response, options.routes, edge, images).catch((error) => {
      (options.warn ?? console.error)(`a request failed: ${error instanceof Error ? error.message : error}`);
      send(response, 500, images.pixel);
    });
  });
  await listen(server, options.port, options.host);
  return {
    url: urlOf(server, options.host),
    loadAs: (load) => edge.loadAs(load),
    flush: () => edge.flush(),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      edge.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes | undefined,
  edge: PixelEdge,
  images: ReturnType<typeof createImages>,
): Promise<void> {
  if (routes !== undefined && (await routes(request, response))) return;
  const path = pathOf(request);
  const image = images.find(path);
  const status = image === null ? 404 : 200;
  await edge.load(request, status);
  if (image !== null) return send(response, status, image);
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end('the pixel is at /p.gif\n');
}

/** Never a 405: whatever the method, a mail client that asks gets its image. Node leaves the body out for HEAD. */
function send(response: ServerResponse, status: number, image: Image): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    'content-type': image.type,
    'content-length': image.bytes.length,
    'cache-control': 'no-store',
  });
  response.end(image.bytes);
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/';

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
    server.listen(port, host, resolve);
  });
}

/** Fails with one sentence where the port cannot be had, before long work is done for nothing. */
export async function checkPort(port: number, host: string): Promise<void> {
  const probe = createServer();
  await listen(probe, port, host);
  await new Promise((resolve) => probe.close(resolve));
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE')
    return new UsageError(
      `port ${port} is in use: stop the program that has it, or choose another with --port`,
    );
  if (error.code === 'EACCES')
    return new UsageError(`port ${port} is not allowed here: choose one above 1023 with --port`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new UsageError(`${host} is no address of this machine: choose 127.0.0.1 or 0.0.0.0 with --host`);
  return error;
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
