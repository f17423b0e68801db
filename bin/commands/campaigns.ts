/** Which campaigns there are, and how they may be recorded. */
import type { Command } from 'commander';
import { count } from '../flags.ts';
import { run } from '../run.ts';

interface Flags {
  readonly args: readonly string[];
  readonly stack?: string;
  readonly wait: number;
}

type Action = 'check' | 'diff' | 'push' | 'list' | 'show' | 'withdraw';

export function addCampaignsCommands(program: Command): void {
  const campaigns = program
    .command('campaigns')
    .description('the registry: which campaigns there are, and how their loads may be recorded')
    .addHelpText(
      'after',
      `
The registry is one file, campaigns.csv or campaigns.json; docs/campaigns.md tells its columns and what may change when.
Without --stack it is that of the home folder.

Examples:
  clearpixel campaigns check campaigns.csv
  clearpixel campaigns push campaigns.csv
  clearpixel campaigns push campaigns.csv --stack ClearPixel --region eu-central-1
  clearpixel campaigns withdraw spring-sale --stack ClearPixel`,
    );
  campaigns
    .command('check')
    .description('whether a file keeps every rule of the registry; changes nothing')
    .argument('<file>', 'campaigns as .csv or .json')
    .action(action('check'));
  const diff = campaigns
    .command('diff')
    .description('what a push of this file would change, and what it would be refused for; changes nothing')
    .argument('<file>', 'campaigns as .csv or .json');
  const push = campaigns
    .command('push')
    .description('make this file the registry, and wait until the edge has it')
    .argument('<file>', 'campaigns as .csv or .json')
    .option('--yes', 'do not ask whether a deployed stack may be changed');
  const list = campaigns.command('list').description('the campaigns of the registry');
  const show = campaigns.command('show').description('all of one campaign').argument('<id>', 'its id');
  const withdraw = campaigns
    .command('withdraw')
    .description(
      'switch campaigns off, mails already sent included, and wait until the edge has it; asks nothing',
    )
    .argument('<id...>', 'their ids');
  for (const command of [diff, push, list, show, withdraw]) placed(command);
  for (const command of [push, withdraw])
    command.option('--wait <seconds>', 'how long to wait for the edge of a stack', count, 180);
  diff.action(action('diff'));
  push.action(action('push'));
  list.action(action('list'));
  show.action(action('show'));
  withdraw.action(action('withdraw'));
}

const placed = (command: Command): Command =>
  command
    .option('--stack <name>', 'the registry of this CloudFormation stack (default: of the home folder)')
    .option('--region <region>', 'its region (default: as for any AWS tool)');

const action = (name: Action) =>
  run(async ({ stack }: Flags) =>
    stack === undefined
      ? (await import('../../local/commands/campaigns.ts')).campaigns(name)
      : (await import('../../cloud/commands/campaigns.ts')).campaigns(name),
  );
