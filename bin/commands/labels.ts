/** Why a load has its label. */
import type { Command } from 'commander';
import type { StackReclassifyOptions } from '../../cloud/commands/reclassify.ts';
import { asn, count, country, day } from '../flags.ts';
import { run } from '../run.ts';

export function addLabelsCommands(program: Command): void {
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
    .action(run(async () => (await import('../../local/commands/explain.ts')).explain));

  program
    .command('classify')
    .description('JSON lines {ua, asn?, country?, method?, referer?} from standard input, one verdict a line')
    .addHelpText('after', `\nExample:\n  echo '{"ua":"curl/8.5.0"}' | clearpixel classify`)
    .action(run(async () => (await import('../../local/commands/classify.ts')).classify));

  program
    .command('reclassify')
    .description(
      "give loads that older rules classified the verdict of today's rules, and count their days again",
    )
    .option('--since <day>', 'the first day, yyyy-MM-dd (default: the oldest that is kept)', day)
    .option('--until <day>', 'the last day (default: the newest)', day)
    .option('--dry-run', 'only show what would change')
    .option('--yes', 'change it without a question')
    .option('--stack <name>', 'in a deployed stack, by the rules it has (default: in the home folder)')
    .option('--region <region>', 'with --stack: its region (default: as for any AWS tool)')
    .option(
      '--wait <seconds>',
      'with --stack: how long to wait for each answer of the merge function',
      count,
      900,
    )
    .addHelpText(
      'after',
      `
It shows what would change by class, by campaign and by rule, and asks. Opt-outs, tests, refused requests, and loads
whose user agent is past its days keep their class. Reports say from then on that these days were classified again.

Examples:
  clearpixel reclassify --since 2026-11-01 --dry-run
  clearpixel reclassify --since 2026-11-01 --yes
  clearpixel reclassify --stack ClearPixel --dry-run`,
    )
    .action(
      run<StackReclassifyOptions>(async ({ stack }) =>
        stack === undefined
          ? (await import('../../local/commands/reclassify.ts')).reclassify
          : (await import('../../cloud/commands/reclassify.ts')).reclassifyCommand,
      ),
    );
}
