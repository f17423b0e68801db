/** How far the tables are, and whether they are right. */
import type { Command } from 'commander';
import { day } from '../flags.ts';
import { run } from '../run.ts';

interface Placed {
  readonly stack?: string;
}

export function addTablesCommands(program: Command): void {
  const days = program
    .command('days')
    .description(
      'the state of each day: open, merged or sealed, what waits for it, and what its counts hold',
    );
  placed(days)
    .option('--since <day>', 'first day, yyyy-MM-dd', day)
    .option('--until <day>', 'last day', day)
    .addHelpText(
      'after',
      `
waiting: fresh files that hold rows of the day. rows: loads; with the drops they add up to the lines.
With --json one object per day: {day, state, fresh, lines, rows, drops, rulesets, files, bytes}.

Examples:
  clearpixel days
  clearpixel days --since 2026-11-16 --until 2026-11-22 --json
  clearpixel days --stack ClearPixel --region eu-central-1`,
    )
    .action(
      run(async ({ stack }: Placed) =>
        stack === undefined
          ? (await import('../../local/commands/days.ts')).days
          : (await import('../../cloud/commands/days.ts')).daysCommand,
      ),
    );

  const verify = program
    .command('verify')
    .description(
      'compare log objects, fresh files, events and counts, and say whether all agree; changes nothing',
    );
  placed(verify)
    .option('--since <day>', 'compare tables from this day on (default: all that events holds)', day)
    .addHelpText(
      'after',
      `
Each log object that is still there is in events, in a fresh file, or in quarantine; events holds each load once; daily,
hourly and copies are what a count of events gives. One line says so, else a table says what differs. Days whose events
have expired are left out: their counts outlive them.
Exit code 1: something differs. With --json one object, {agree, days, lines, ..., disagreements}.

Examples:
  clearpixel verify
  clearpixel verify --since 2026-11-16
  clearpixel verify --stack ClearPixel --region eu-central-1`,
    )
    .action(
      run(async ({ stack }: Placed) =>
        stack === undefined
          ? (await import('../../local/commands/verify.ts')).verify
          : (await import('../../cloud/commands/verify.ts')).verifyCommand,
      ),
    );
}

const placed = (command: Command): Command =>
  command
    .option('--stack <name>', 'of this CloudFormation stack (default: of the home folder)')
    .option('--region <region>', 'its region (default: as for any AWS tool)');
