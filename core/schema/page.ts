import { EVENT_COLUMNS, FILE_TABLES, TABLES } from '../schema.ts';
import { VIEWS, type ViewColumn } from '../views.ts';

interface Described {
  readonly name: string;
  readonly grain: string;
  readonly meaning: string;
  readonly columns: readonly ViewColumn[];
}

const HEAD = `# Tables and views

Made from \`core/schema.ts\` and \`core/views.ts\` by \`npm run docs\`; a test holds it to them. Change it there.

- Every statement should name the days it wants: \`where dt between '2026-11-16' and '2026-11-22'\`. Only those are read.
- \`dt\` is a day in the configured time zone. Times are milliseconds since 1970 UTC; \`loads.loaded_at\` is the same as a timestamp.
- Reports read \`daily\`, its views and \`requests\` only: a few kilobytes a day. \`events\`, \`fresh\` and \`loads\` hold a row per load and are for operators.
- \`at_most\` as a tier means "there only"; as a count it includes \`at_least\`.
- Types: text is \`varchar\`, int 32 bits, bigint 64 bits, timestamp \`timestamp(3)\` without a zone.
`;

/** Text of docs/schema.md. */
export function schemaPage(): string {
  const tables = [...TABLES, ...FILE_TABLES].map((table) => section('Table', table));
  const views = VIEWS.map((view) => section('View', view));
  return [HEAD, ...tables, ...views].join('\n');
}

function section(sort: string, { name, grain, meaning, columns }: Described): string {
  const repeats = columns === EVENT_COLUMNS && name !== 'events';
  const body = repeats ? 'Columns: those of `events`.' : columnTable(columns);
  return `## ${sort} \`${name}\`\n\n${capital(meaning)}.\nGrain: ${grain}.\n\n${body}\n`;
}

function columnTable(columns: readonly ViewColumn[]): string {
  const head = ['column', 'type', 'null', 'meaning', 'example'];
  const rows = columns.map(({ name, type, optional, meaning, example }) => [
    `\`${name}\``,
    type,
    optional ? 'yes' : '',
    meaning,
    `\`${example}\``,
  ]);
  return [head, head.map(() => '---'), ...rows].map(tableLine).join('\n');
}

const tableLine = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
