#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { Command } from 'commander';
import { blameFolder } from '../local/system-problem.ts';
import { EXIT, UsageError } from '../local/terminal.ts';
import { addCampaignsCommands } from './commands/campaigns.ts';
import { addDataCommands } from './commands/data.ts';
import { addLabelsCommands } from './commands/labels.ts';
import { addLinksCommands } from './commands/links.ts';
import { addPixelCommands } from './commands/pixel.ts';
import { addPrivacyCommands } from './commands/privacy.ts';
import { addStackCommands } from './commands/stack.ts';
import { addTablesCommands } from './commands/tables.ts';

// Commands are loaded below: the next start finds them compiled.
enableCompileCache();

const program = new Command('clearpixel')
  .description(
    'Honest campaign measurement: who probably saw it, how sure that is, and why. A load is not a read receipt.',
  )
  .option('--home <folder>', 'where logs, tables and the registry live', '.clearpixel')
  .option('--config <file>', 'settings', 'clearpixel.config.ts')
  .option('--json', 'print results as JSON')
  .option('--trace', 'on a failure, print where it happened')
  .showHelpAfterError('(add --help for examples)')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Exit codes: 0 done, 1 failed, 2 wrong flag, folder or value, 3 some log objects could not be parsed (the others went in).

Examples:
  clearpixel start                              simulate a fortnight, ingest it, open the local page
  clearpixel ingest logs/ --import              read CloudFront logs you already have
  clearpixel report --period 2026-W47
  clearpixel explain "Mozilla/5.0" --asn 36183`,
  );

// Commands inherit this only when it is said before them.
program.exitOverride((error) => {
  process.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage);
});

addPixelCommands(program);
addDataCommands(program);
addLabelsCommands(program);
addCampaignsCommands(program);
addLinksCommands(program);
addPrivacyCommands(program);
addStackCommands(program);
addTablesCommands(program);

// A closed pipe (… | head) is the reader's wish, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed);
});

try {
  await program.parseAsync();
} catch (thrown) {
  const error = blameFolder(thrown);
  const traced = program.opts()['trace'] === true && thrown instanceof Error;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`clearpixel: ${traced ? thrown.stack : message}\n`);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
}
