import type { Command } from 'commander';
import { openTerminal, type Terminal } from '../local/terminal.ts';

interface GlobalOptions {
  readonly home: string;
  readonly config: string;
  readonly json?: boolean;
}

type Execute<T> = (options: T & GlobalOptions, terminal: Terminal) => Promise<number>;

/** The action of a command; loads only the module of the command that was asked for: DuckDB and the charts are slow to load. */
export function run<T>(load: (options: T & GlobalOptions) => Promise<Execute<T>>) {
  return async (...args: unknown[]): Promise<void> => {
    const command = args.at(-1) as Command;
    const options = { ...command.optsWithGlobals(), args: command.args } as T & GlobalOptions;
    const terminal = openTerminal(options.json === true, process.stdout, process.stderr, process.stdin);
    const execute = await load(options);
    process.exitCode = await execute(options, terminal);
  };
}
