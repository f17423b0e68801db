/** Why a load has its label. */
import type { Command } from 'commander';
import { asn, country } from '../flags.ts';
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
}
