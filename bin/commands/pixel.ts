/** A pixel and its visitors, on a laptop. */
import type { Command } from 'commander';
import { count, day, factor, port } from '../flags.ts';
import { run } from '../run.ts';

export function addPixelCommands(program: Command): void {
  program
    .command('start')
    .description(
      'simulate, ingest, merge, report, then serve the local page: the whole product without an account',
    )
    .option('--port <number>', 'port of the page', port, 8787)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--seed <number>', 'seed of the simulation', count, 7)
    .option('--scenario <file>', 'scenario to simulate (see docs/simulate.md)')
    .addHelpText('after', '\nExample:\n  npm start -- --port 9000 --seed 11')
    .action(run(async () => (await import('../../local/commands/start.ts')).start));

  program
    .command('serve')
    .description(
      'serve the pixel over HTTP through the edge function, write v2 log files, ingest them as they come',
    )
    .option('--port <number>', 'port', port, 8787)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addHelpText('after', '\nExample:\n  clearpixel serve --home /srv/clearpixel --port 8080')
    .action(run(async () => (await import('../../local/commands/serve.ts')).serve));

  program
    .command('simulate')
    .description('write log files of simulated campaigns, and what is true of them into truth.json')
    .option('--scenario <file>', 'scenario to simulate (see docs/simulate.md)')
    .option('--seed <number>', 'seed: the same seed gives the same files', count, 7)
    .option('--scale <factor>', 'multiplies every audience', factor, 1)
    .option('--until <day>', 'last simulated day (default: yesterday)', day)
    .addHelpText(
      'after',
      '\nExample:\n  clearpixel simulate --scenario spring.json --seed 11 && clearpixel ingest .clearpixel/logs',
    )
    .action(run(async () => (await import('../../local/commands/simulate.ts')).simulateCommand));
}
