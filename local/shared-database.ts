import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * One process holds a DuckDB file at a time, and within it only one instance may: a second one would not see the lock,
 * which is the process's. So everything in this process that opens the same file shares one.
 */
const open = new Map<string, { readonly instance: Promise<DuckDBInstance>; users: number }>();

export interface Held {
  readonly instance: DuckDBInstance;
  /** Closes the file once nobody in this process uses it. */
  release(): Promise<void>;
}

/** Opens the file, or shares it; waits up to `waitMs` for another process that holds it. */
export async function holdDatabase(file: string, waitMs: number): Promise<Held> {
  const entry = open.get(file) ?? { instance: openFile(file, waitMs), users: 0 };
  entry.users += 1;
  open.set(file, entry);
  const leave = (): boolean => {
    entry.users -= 1;
    if (entry.users === 0) open.delete(file);
    return entry.users === 0;
  };
  try {
    const instance = await entry.instance;
    return { instance, release: async () => void (leave() && instance.closeSync()) };
  } catch (error) {
    leave();
    throw error;
  }
}

async function openFile(file: string, waitMs: number): Promise<DuckDBInstance> {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + waitMs;
  for (let wait = 10; ; wait = Math.min(wait * 2, 200)) {
    try {
      return await DuckDBInstance.create(file);
    } catch (error) {
      if (!isHeld(error) || Date.now() + wait > deadline) throw readable(error, file, waitMs);
    }
    await pause(wait);
  }
}

const isHeld = (error: unknown): boolean => /Could not set lock on file/.test(String(error));

function readable(error: unknown, file: string, waitMs: number): unknown {
  if (!isHeld(error)) return error;
  const holder = /PID (\d+)/.exec(String(error))?.[1];
  const who = holder === undefined ? 'another process' : `process ${holder}`;
  return new Error(
    `${file} is open in one process at a time, and ${who} kept it for ${waitMs / 1000} s: wait or end it, then run this again`,
  );
}
