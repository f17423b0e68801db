import { delimiter, join, resolve } from 'node:path';
import { freePort, type Service, startService } from './service.ts';
import { virtualPython } from './virtual-python.ts';

const BINARIES = resolve(import.meta.dirname, '../../node_modules/.bin');

/** The emulator's one account. Its access keys must not be twelve digits, or they would name another one. */
export const ACCOUNT = '123456789012';

export interface Emulator extends Service {
  /** By name, not by address: clients put the account or a bucket in front of it. */
  readonly endpoint: string;
  /** File with all that it and the functions say. */
  readonly log: string;
}

export interface EmulatorOptions {
  /** Folder for its log and its state. */
  readonly folder: string;
  /** Added to its environment, which it hands on to the functions. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What clients of the emulator need: the CDK command line, the SDK, and the tests. */
export const clientEnv = (endpoint: string, region: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
});

/** Starts MiniStack on a port of its own; every run begins with an empty cloud. */
export async function startEmulator({ folder, env = {} }: EmulatorOptions): Promise<Emulator> {
  const python = await virtualPython();
  const port = await freePort();
  const endpoint = `http://localhost:${port}`;
  const log = join(folder, 'emulator.log');
  const service = await startService({
    name: 'the cloud emulator',
    command: python,
    args: ['-m', 'ministack.app'],
    cwd: folder,
    log,
    env: { ...inherited(), ...ownEnv(folder, port), AWS_ENDPOINT_URL: endpoint, ...env },
    isReady: async () => (await fetch(`${endpoint}/_ministack/ready`)).ok,
    readyMs: 60_000,
  });
  return { ...service, endpoint, log };
}

function ownEnv(folder: string, port: number): Readonly<Record<string, string>> {
  return {
    MINISTACK_ACCOUNT_ID: ACCOUNT,
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    STATE_DIR: join(folder, 'state'),
    S3_DATA_DIR: join(folder, 's3'),
    // Where it unpacks the functions.
    TMPDIR: folder,
    // Functions run on the first node of the path: the one of package.json, which is Lambda's version.
    PATH: [BINARIES, process.env['PATH']].join(delimiter),
    // The client of the edge store puts the account id in front of the host name.
    NODE_OPTIONS: `--require ${join(import.meta.dirname, 'localhost-names.cjs')}`,
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** Nobody's credentials or region may reach the functions. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|NODE|VITEST)/.test(name)));
