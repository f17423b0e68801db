#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { Command, Option } from 'commander';
import { blameFolder } from '../local/system-problem.ts';
import { EXIT, openTerminal, type Terminal, UsageError } from '../local/terminal.ts';
import { asn, count, country, day, factor, port } from './flags.ts';

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

interface GlobalOptions {
  readonly home: string;
  readonly config: string;
  readonly json?: boolean;
}

/** Loads only the module of the command that was asked for: DuckDB and the charts are slow to load. */
function run<T>(load: () => Promise<(options: T & GlobalOptions, terminal: Terminal) => Promise<number>>) {
  return async (...args: unknown[]): Promise<void> => {
    const command = args.at(-1) as Command;
    const options = { ...command.optsWithGlobals(), args: command.args } as T & GlobalOptions;
    const terminal = openTerminal(options.json === true, process.stdout, process.stderr);
    const execute = await load();
    process.exitCode = await execute(options, terminal);
  };
}

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
  .action(run(async () => (await import('../local/commands/start.ts')).start));

program
  .command('serve')
  .description(
    'serve the pixel over HTTP through the edge function, write v2 log files, ingest them as they come',
  )
  .option('--port <number>', 'port', port, 8787)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .addHelpText('after', '\nExample:\n  clearpixel serve --home /srv/clearpixel --port 8080')
  .action(run(async () => (await import('../local/commands/serve.ts')).serve));

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
  .action(run(async () => (await import('../local/commands/simulate.ts')).simulateCommand));

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
  .action(run(async () => (await import('../local/commands/ingest.ts')).ingest));

program
  .command('query')
  .description('run one SELECT over events, daily, campaigns and the views')
  .argument('<sql>', 'the statement')
  .addHelpText(
    'after',
    '\nExample:\n  clearpixel query "select * from campaign_daily where dt = \'2026-11-16\'"',
  )
  .action(run(async () => (await import('../local/commands/query.ts')).query));

program
  .command('report')
  .description('the campaign report for a period, with the period before it')
  .option('--period <period>', 'week (2026-W47), month (2026-11), day, or two days (2026-11-16..2026-11-22)')
  .addOption(new Option('--format <format>', 'how to write it').choices(['text', 'html']).default('text'))
  .option('--out <file>', 'write to a file')
  .addHelpText('after', '\nExample:\n  clearpixel report --period 2026-W47 --format html --out report.html')
  .action(run(async () => (await import('../local/commands/report.ts')).report));

program
  .command('explain')
  .description('why a request gets its label')
  .argument('<user-agent>', 'the User-Agent header, decoded; "" for none')
  .option('--asn <number>', 'number of the network', asn)
  .option('--country <code>', 'country of the network', country)
  .option('--method <method>', 'HTTP method', 'GET')
  .option('--referer <host>', 'host of the Referer header')
  .option('--signals <ids>', 'headers seen at the edge: dnt, gpc, prefetch', '')
  .addHelpText('after', '\nExample:\n  clearpixel explain "Mozilla/5.0" --asn 36183')
  .action(run(async () => (await import('../local/commands/explain.ts')).explain));

program
  .command('classify')
  .description('JSON lines {ua, asn?, country?, method?, referer?} from standard input, one verdict a line')
  .addHelpText('after', `\nExample:\n  echo '{"ua":"curl/8.5.0"}' | clearpixel classify`)
  .action(run(async () => (await import('../local/commands/classify.ts')).classify));

program
  .command('cost')
  .description('what the stack of this config costs, by item: per million loads, and per month')
  .option('--region <region>', 'prices of', process.env['AWS_REGION'] ?? 'us-east-1')
  .option('--loads <number>', 'loads a month', count, 1_000_000)
  .option('--merges-per-day <number>', 'how often fresh rows go into the tables', count, 24)
  .addHelpText('after', '\nExample:\n  clearpixel cost --loads 50000000')
  .action(run(async () => (await import('../local/commands/cost.ts')).cost));

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
  .action(run(async () => (await import('../cloud/commands/replay.ts')).replayCommand));

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
