/** Addresses for mails, pages and documents. */
import { type Command, Option } from 'commander';
import { run } from '../run.ts';

export function addLinksCommands(program: Command): void {
  program
    .command('link')
    .description('the address of a placement in the forms to paste, or one for each row of a mail-merge file')
    .argument('[campaign]', 'its id in the registry')
    .option('--base <origin>', 'where the pixel is served (default: the domain of the settings)')
    .option('--medium <medium>', 'email, page or document (default: as registered)')
    .option('--source <name>', 'utm_source, such as newsletter', '')
    .option('--content <name>', 'utm_content: where in it, such as footer', '')
    .option('--image <file>', 'a file of the assets folder (default: the pixel)')
    .option('--alt <text>', 'what a visible image shows', '')
    .addOption(
      new Option('--form <form>', 'print only this form').choices([
        'url',
        'html',
        'markdown',
        'document',
        'banner',
      ]),
    )
    .option('--copies <tag>', 'merge tag of a value that is random for each copy', '')
    .option('--tool <name>', 'the merge tag of a mail tool, such as mailchimp, and what it means for privacy')
    .option('--page <file>', 'write one page for people without a command line, which makes links offline')
    .option('--recipients <file>', 'CSV of a mail merge: each row gets an address of its own')
    .option('--recipient-column <name>', 'column that tells recipients apart', 'email')
    .option('--consent-column <name>', 'of a consented campaign: who agreed, 1 or 0', 'consent')
    .option('--out <file>', 'where the rows go (default: beside the recipients)')
    .addHelpText(
      'after',
      `
With --recipients each copy gets a random nonce, and for a consented campaign each reader who agreed a random token.
Whose token is whose goes to a file of its own that only you can read; nothing is sent anywhere. Rows stay as they are.

Examples:
  clearpixel link spring-sale --base https://px.example.com --source newsletter
  clearpixel link spring-sale --base https://px.example.com --form html --tool mailchimp
  clearpixel link spring-sale --base https://px.example.com --recipients readers.csv
  clearpixel link --base https://px.example.com --page links.html`,
    )
    .action(run(async () => (await import('../../local/commands/link.ts')).link));
}
