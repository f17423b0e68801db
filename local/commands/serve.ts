import { once } from 'node:events';
import { homeAt } from '../home.ts';
import { startLiveServer } from '../live-server.ts';
import { readSettings } from '../settings.ts';
import { EXIT, type Terminal } from '../terminal.ts';

export interface ServeOptions {
  readonly home: string;
  readonly config: string;
  readonly port: number;
  readonly host: string;
  /** Assets where the config names none. @default - none */
  readonly assets?: string;
}

/** Serves until Ctrl-C; what the log held by then is in the tables when it ends. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  const settings = await readSettings(options.config);
  const assets = settings.assets ?? options.assets;
  const config = { ...settings, ...(assets === undefined ? {} : { assets }) };
  const home = homeAt(options.home);
  const server = await startLiveServer({ home, config, port: options.port, host: options.host, terminal });
  if (terminal.json)
    terminal.print(JSON.stringify({ url: server.url, pixel: `${server.url}/p.gif`, home: home.root }));
  else {
    terminal.print(`page   ${server.url}/`);
    terminal.print(`pixel  ${server.url}/p.gif?utm_campaign=NAME&utm_medium=email`);
    terminal.print(`data   ${home.root}`);
    terminal.print('Ctrl-C ends it; other commands may run meanwhile');
  }
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await server.close();
  return EXIT.done;
}
