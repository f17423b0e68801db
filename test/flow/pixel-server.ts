import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseRegistry } from '../../core/registry/registry.ts';
import { edgeCode } from '../../local/edge-code.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { type PixelServer, type PixelServerOptions, startPixelServer } from '../../local/pixel-server.ts';
import { registerCampaigns } from '../../local/registry-files.ts';

/** A home folder with one campaign, its servers on free ports, and a clock that tests set. */
export interface PixelWorld {
  readonly home: Home;
  now: number;
  serve(options?: Partial<PixelServerOptions>): Promise<PixelServer>;
  /** Every log line written so far, its values by field. */
  logLines(): Record<string, string>[];
  close(): Promise<void>;
}

export function createPixelWorld(): PixelWorld {
  const home = homeAt(mkdtempSync(join(tmpdir(), 'clearpixel-serve-')));
  const servers: PixelServer[] = [];
  registerCampaigns(home, parseRegistry('id\nspring', 'csv', 'campaigns.csv'));
  const world: PixelWorld = {
    home,
    now: Date.parse('2026-11-23T10:00:00Z'),
    async serve(options = {}) {
      const server = await startPixelServer({
        home,
        edgeCode: edgeCode(),
        port: 0,
        host: '127.0.0.1',
        now: () => world.now,
        ...options,
      });
      servers.push(server);
      return server;
    },
    logLines: () => readdirSync(home.logs).flatMap((name) => linesOf(join(home.logs, name))),
    async close() {
      for (const server of servers) await server.close();
      rmSync(home.root, { recursive: true });
    },
  };
  return world;
}

function linesOf(path: string): Record<string, string>[] {
  const text = gunzipSync(readFileSync(path)).toString();
  const fields = (/^#Fields: (.*)$/m.exec(text)?.[1] ?? '').split(' ');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, at) => [fields[at], value])));
}
