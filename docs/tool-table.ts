import { MAIL_TOOLS, privacyOf } from '../core/links/tools.ts';

const BEGIN = '<!-- begin: npm run docs -->';
const END = '<!-- end -->';

/** The page with the table between its marks written anew. */
export function replaceTools(page: string): string {
  const from = page.indexOf(BEGIN);
  const until = page.indexOf(END);
  if (from < 0 || until < from) throw new Error(`docs/links.md holds ${BEGIN} and ${END}: put both back`);
  return `${page.slice(0, from)}${BEGIN}\n\n${table()}\n\n${page.slice(until)}`;
}

const table = (): string =>
  [
    ['`--tool`', 'tag', 'its value comes from', 'for privacy'],
    ['---', '---', '---', '---'],
    ...MAIL_TOOLS.map((tool) => [
      `[${tool.id}](${tool.source})`,
      `\`${tool.tag}\``,
      tool.fill,
      tool.ownId === null ? privacyOf(tool) : privacyOf(tool).replace(tool.ownId, `\`${tool.ownId}\``),
    ]),
  ]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
