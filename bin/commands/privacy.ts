/** What a person may ask for. */
import type { Command } from 'commander';
import type { ForgetOptions } from '../../cloud/commands/forget.ts';
import { count } from '../flags.ts';
import { run } from '../run.ts';

export function addPrivacyCommands(program: Command): void {
  program
    .command('forget')
    .description(
      "take a recipient's token, and every hash beside it, out of all loads; the loads stay, as nobody's",
    )
    .requiredOption('--recipient <token>', 'the token, as the list beside the mail merge has it')
    .option('--stack <name>', 'in a deployed stack (default: in the home folder)')
    .option('--region <region>', 'with --stack: its region (default: as for any AWS tool)')
    .option('--wait <seconds>', 'with --stack: how long to wait for the merge function', count, 900)
    .addHelpText(
      'after',
      `
A salted hash of the token is kept, so that a log which is read again does not bring it back. It ends with the select
that finds nothing any more, and says where the token remains, and until when.

Examples:
  clearpixel forget --recipient r7Qz0pXkTnB2
  clearpixel forget --recipient r7Qz0pXkTnB2 --stack ClearPixel`,
    )
    .action(
      run<ForgetOptions>(async ({ stack }) =>
        stack === undefined
          ? (await import('../../local/commands/forget.ts')).forget
          : (await import('../../cloud/commands/forget.ts')).forgetCommand,
      ),
    );
}
