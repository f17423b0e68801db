import {
  CAMPAIGN_COLUMNS,
  CHANGE_COLUMNS,
  COPY_COLUMNS,
  type Column,
  DAILY_COLUMNS,
  EVENT_COLUMNS,
  HOUR_COLUMNS,
  REQUEST_COLUMNS,
  VERDICT_COLUMNS,
} from '../../core/schema.ts';
import type { Value } from '../../core/warehouse.ts';
import type { CaseRow } from './cases.ts';

/** What a row is when a case does not say: a plain load of a registered campaign, and its count. */
const DEFAULTS: Readonly<Record<string, CaseRow>> = {
  events: {
    lines: 1,
    loaded_ms: 1795420800000,
    campaign: 'spring-sale',
    medium: 'email',
    mode: 'aggregate',
    registered: true,
    class: 'likely_human',
    ruleset: '2026-11-23-aa',
    parser: 1,
    log_object: 'logs/a.gz',
    dt: '2026-11-23',
    $path: 'fresh/a.parquet',
  },
  campaigns: { campaign: 'spring-sale', recording: 'aggregate', copies: 'day' },
  copies: { campaign: 'spring-sale', tier: 'at_least' },
  verdicts: {
    class: 'automated',
    kind: 'scanner',
    confidence: 'low',
    reasons: 'new-rule',
    ruleset: '2026-12-01-bb',
  },
  changes: { ruleset_before: '2026-11-23-aa', ruleset: '2026-12-01-bb', dt: '2026-11-23' },
  hourly: { campaign: 'spring-sale', tier: 'at_least', dt: '2026-11-23' },
  daily: {
    campaign: 'spring-sale',
    medium: 'email',
    mode: 'aggregate',
    registered: true,
    class: 'likely_human',
    tier: 'at_least',
    unit: 'message',
    ruleset: '2026-11-23-aa',
    dt: '2026-11-23',
  },
};

const PATH: Column = { name: '$path', type: 'text', optional: false, meaning: '', example: '' };
const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  events: EVENT_COLUMNS,
  fresh: [...EVENT_COLUMNS, PATH],
  daily: DAILY_COLUMNS,
  hourly: HOUR_COLUMNS,
  copies: COPY_COLUMNS,
  requests: REQUEST_COLUMNS,
  verdicts: VERDICT_COLUMNS,
  changes: CHANGE_COLUMNS,
  campaigns: CAMPAIGN_COLUMNS,
};
const NOTHING = { text: '', bigint: 0, int: 0, boolean: false } as const;

/** The rows of a case with all columns of their table, in its order. */
export function givenRows(table: string, rows: readonly CaseRow[]): readonly CaseRow[] {
  const columns = columnsOf(table);
  const known = new Set(columns.map(({ name }) => name));
  return rows.map((row, index) => {
    for (const name of Object.keys(row))
      if (!known.has(name)) throw new Error(`${table} has no column ${name}`);
    const full: CaseRow = { load_id: index + 1, ...DEFAULTS[table === 'fresh' ? 'events' : table], ...row };
    return Object.fromEntries(
      columns.map((column) => [column.name, full[column.name] ?? absent(column, row)]),
    );
  });
}

/** One INSERT that gives a table the rows of a case; every engine takes it. */
export function insertGiven(table: string, rows: readonly CaseRow[]): string {
  const names = columnsOf(table).map(({ name }) => name);
  const tuples = givenRows(table, rows).map(
    (row) => `(${names.map((name) => literal(row[name] ?? null)).join(', ')})`,
  );
  return `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values\n${tuples.join(',\n')}`;
}

function columnsOf(table: string): readonly Column[] {
  const columns = COLUMNS[table];
  if (columns === undefined) throw new Error(`no table ${table} can be given`);
  return columns;
}

const absent = (column: Column, row: CaseRow): Value =>
  column.optional || row[column.name] === null ? null : NOTHING[column.type];

function literal(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return typeof value === 'boolean' ? String(value) : BigInt(value).toString();
}

/** The columns that a case asks about, as text that can be compared whatever the engine's numbers are. */
export const comparable = (rows: readonly CaseRow[], asked: readonly CaseRow[]): readonly string[] =>
  rows.map((row, index) => {
    const names = Object.keys(asked[Math.min(index, asked.length - 1)] ?? row);
    return JSON.stringify(Object.fromEntries(names.map((name) => [name, text(row[name])])));
  });

const text = (value: Value | undefined): string | null => {
  if (value === undefined) return 'no such column';
  return typeof value === 'number' ? BigInt(value).toString() : value === null ? null : String(value);
};
