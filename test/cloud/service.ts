import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServiceOptions {
  /** For messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** File that gets what the process says. */
  readonly log: string;
  /** Whether it answers; a throw is a no. */
  readonly isReady: () => Promise<boolean>;
  readonly readyMs: number;
}

export interface Service {
  stop(): Promise<void>;
}

const STOP_MS = 5_000;

/** Starts a process and waits until it answers; its end is one of its whole group, by id. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const log = openSync(options.log, 'w');
  const child = spawn(options.command, options.args, {
    env: options.env,
    cwd: options.cwd,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const end = (signal: NodeJS.Signals): void => endGroup(child, signal);
  const atExit = (): void => end('SIGKILL');
  process.on('exit', atExit);
  const stop = async (): Promise<void> => {
    process.off('exit', atExit);
    end('SIGTERM');
    await Promise.race([ended(child), sleep(STOP_MS)]);
    end('SIGKILL');
  };
  try {
    await waitUntilReady(child, options);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

/** Asks the system for a port that nobody uses; somebody else may take it before us, which then shows at the start. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitUntilReady(child: ChildProcess, { name, isReady, readyMs, log }: ServiceOptions) {
  const failed = new Promise<never>((_resolve, reject) => child.once('error', reject));
  const deadline = Date.now() + readyMs;
  for (;;) {
    if (await Promise.race([isReady().catch(() => false), failed])) return;
    if (hasEnded(child)) throw new Error(`${name} ended at its start:\n${lastLines(log)}`);
    if (Date.now() > deadline) throw new Error(`${name} was not ready in ${readyMs} ms:\n${lastLines(log)}`);
    await sleep(100);
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const ended = (child: ChildProcess): Promise<void> =>
  hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()));

const lastLines = (log: string): string => readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');

/** The processes that it started for itself belong to its group. */
function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group is gone.
  }
}
