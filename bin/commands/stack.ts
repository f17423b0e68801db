/** What a deployed stack costs, and what it could not ingest. */
import type { Command } from 'commander';
import { count } from '../flags.ts';
import { run } from '../run.ts';

export function addStackCommands(program: Command): void {
  program
    .command('cost')
    .description('what the stack of this config costs, by item: per million loads, and per month')
    .option('--region <region>', 'prices of', process.env['AWS_REGION'] ?? 'us-east-1')
    .option('--loads <number>', 'loads a month', count, 1_000_000)
    .option('--merges-per-day <number>', 'how often fresh rows go into the tables', count, 24)
    .addHelpText('after', '\nExample:\n  clearpixel cost --loads 50000000')
    .action(run(async () => (await import('../../local/commands/cost.ts')).cost));

  program
    .command('replay')
    .description('bring log objects in quarantine and dead letters of a deployed stack back into processing')
    .argument('[key...]', 'keys of log objects (default: all that failed)')
    .option('--stack <name>', 'the CloudFormation stack', 'ClearPixel')
    .option('--region <region>', 'its region (default: as for any AWS tool)')
    .option('--dry-run', 'only list what would be done')
    .option('--wait <seconds>', 'how long to wait for the ingest, 0: not at all', count, 300)
    .addHelpText(
      'after',
      `
An object in quarantine goes back to the log bucket under its own key; its copy is deleted when its rows are there and
kept in every other case. To mend one, write the mended file over its copy in quarantine/ first. Dead letters of other
failures go back to the queue. Nothing is counted twice, however often it is replayed.
Exit code 3: some could not be parsed again; 1: of some no word came in time.
With --json one line per object, {object, outcome}, and per dead letter, {letter, objects, outcome}.

Examples:
  clearpixel replay --dry-run
  clearpixel replay --stack ClearPixel --region eu-central-1
  clearpixel replay logs/E2EXAMPLE/2026/11/17/08/E2EXAMPLE.2026-11-17-08.1a2b3c4d.gz`,
    )
    .action(run(async () => (await import('../../cloud/commands/replay.ts')).replayCommand));
}
