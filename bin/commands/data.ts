/** From logs to the report. */
import { type Command, Option } from 'commander';
import { run } from '../run.ts';

export function addDataCommands(program: Command): void {
  program
    .command('ingest')
    .description('parse log objects, classify each load, merge the rows into the tables')
    .argument('<path...>', 'log files, or folders of them')
    .option(
      '--import',
      'read logs that clearpixel did not configure: every image is a load, addresses are hashed and dropped',
    )
    .option('--asset <pattern>', 'with --import: only images whose path matches this regular expression')
    .option(
      '--fields <names>',
      'with --import: columns of files without a #Fields line, comma or space between',
    )
    .option('--close-import', 'remove the import secret afterwards: later imports cannot be linked to these')
    .addHelpText(
      'after',
      `
With --json: one line per log object, {object, lines, rows, drops: {reason: n}}; rows are loads, and with the drops
they add up to the lines. A file that cannot be parsed is {object, error}.

Examples:
  clearpixel ingest .clearpixel/logs
  clearpixel ingest old-logs/ --import --asset '^/img/' --json`,
    )
    .action(run(async () => (await import('../../local/commands/ingest.ts')).ingest));

  program
    .command('query')
    .description('run one SELECT over events, daily, campaigns and the views')
    .argument('<sql>', 'the statement')
    .addHelpText(
      'after',
      '\nExample:\n  clearpixel query "select * from campaign_daily where dt = \'2026-11-16\'"',
    )
    .action(run(async () => (await import('../../local/commands/query.ts')).query));

  program
    .command('report')
    .description('the campaign report for a period, with the period before it')
    .option(
      '--period <period>',
      'week (2026-W47), month (2026-11), day, or two days (2026-11-16..2026-11-22)',
    )
    .addOption(new Option('--format <format>', 'how to write it').choices(['text', 'html']).default('text'))
    .option('--out <file>', 'write to a file')
    .addHelpText('after', '\nExample:\n  clearpixel report --period 2026-W47 --format html --out report.html')
    .action(run(async () => (await import('../../local/commands/report.ts')).report));
}
