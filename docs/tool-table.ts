import { MAIL_TOOLS, privacyOf } from '../core/links/tools.ts';
import { replaceMadePart } from './made-part.ts';

/** The page with the table between its marks written anew. */
export const replaceTools = (page: string): string => replaceMadePart(page, 'docs/links.md', table());

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
