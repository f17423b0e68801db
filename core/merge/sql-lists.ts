import { UTM_NAME } from '../campaign.ts';

/**
 * Lists that statements hold as text, since engines take no parameters in MERGE, UPDATE and DELETE. Whatever is not of
 * the strict shape is refused, so nothing that could end a literal reaches SQL.
 */
const SHAPES = {
  days: { pattern: /^\d{4}-\d{2}-\d{2}$/, rule: 'a day is written yyyy-MM-dd' },
  files: {
    pattern:
      /^(s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/)?[A-Za-z0-9][A-Za-z0-9_.=-]*(\/[A-Za-z0-9][A-Za-z0-9_.=-]*)*$/,
    rule: 'a path holds only letters, digits and _ . = - between slashes',
  },
  hours: {
    pattern: /^\(\d{1,19}, \d{1,19}, '\d{4}-\d{2}-\d{2}'\)$/,
    rule: "an hour is written (milliseconds, requests, 'yyyy-MM-dd')",
  },
  campaigns: { pattern: UTM_NAME, rule: 'a campaign is named in a-z, 0-9, dot, underscore and hyphen' },
  tokens: { pattern: /^[A-Za-z0-9_-]{1,64}$/, rule: 'a token holds only letters, digits, _ and -' },
  ids: { pattern: /^-?\d{1,19}$/, rule: 'an id is a whole number of at most 19 digits' },
} as const;

export type ListKind = keyof typeof SHAPES;
export type SqlLists = Readonly<Partial<Record<ListKind, readonly string[]>>>;

const SLOT = /:(days|files|hours|campaigns|tokens|ids|first_day|last_day)\b/g;

/**
 * Fills the slots `:days`, `:files`, `:hours`, `:campaigns`, `:tokens` and `:ids` of a statement, and `:first_day` and `:last_day` with
 * the ends of its days; throws on a value of another shape and on an empty list.
 * @example fillLists('... dt in (:days)', { days: ['2026-11-23'] }) // "... dt in ('2026-11-23')"
 */
export function fillLists(sql: string, lists: SqlLists): string {
  return sql.replace(SLOT, (_slot, slot: ListKind | 'first_day' | 'last_day') => {
    if (slot === 'first_day') return writeList('days', ends(lists).slice(0, 1));
    if (slot === 'last_day') return writeList('days', ends(lists).slice(-1));
    return writeList(slot, lists[slot] ?? []);
  });
}

const ends = ({ days = [] }: SqlLists): readonly string[] => [...days].sort();

/** Writes one list as SQL literals, joined by commas. */
export function writeList(kind: ListKind, values: readonly string[]): string {
  if (values.length === 0) throw new Error(`the statement needs ${kind}, got none: leave it out instead`);
  return values.map((value) => literal(kind, value)).join(', ');
}

function literal(kind: ListKind, value: string): string {
  const { pattern, rule } = SHAPES[kind];
  if (!pattern.test(value)) throw new Error(`${rule}, got ${JSON.stringify(value)}`);
  return kind === 'ids' || kind === 'hours' ? value : `'${value}'`;
}
