/** What a person may ask for. */
import type { Command } from 'commander';
import { run } from '../run.ts';

export function addPrivacyCommands(program: Command): void {
  program
    .command('forget')
    .description(
      "take a recipient's token, and every hash beside it, out of all loads; the loads stay, as nobody's",
    )
    .requiredOption('--recipient <token>', 'the token, as the list beside the mail merge has it')
    .addHelpText(
      'after',
      `
A salted hash of the token is kept, so that a log which is read again does not bring it back. It ends with the select
that finds nothing any more, and says where the token remains, and until when.

Example:
  clearpixel forget --recipient r7Qz0pXkTnB2`,
    )
    .action(run(async () => (await import('../../local/commands/forget.ts')).forget));
}
