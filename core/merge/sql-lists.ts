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
  lives: {
    pattern: new RegExp(`${UTM_NAME.source}|^$`),
    rule: 'a campaign is named in a-z, 0-9, dot, underscore and hyphen; an empty text is none',
  },
  modes: { pattern: /^[a-z]{0,10}$/, rule: 'a mode is one word in small letters; an empty text is none' },
  tokens: { pattern: /^[A-Za-z0-9_-]{1,64}$/, rule: 'a token holds only letters, digits, _ and -' },
  ids: { pattern: /^-?\d{1,19}$/, rule: 'an id is a whole number of at most 19 digits' },
  ruleset: {
    pattern: /^\d{4}-\d{2}-\d{2}-[0-9a-f]{2,16}$/,
    rule: 'a ruleset is named yyyy-MM-dd, a hyphen and a hash in hexadecimal',
  },
  moment: { pattern: /^\d{1,15}$/, rule: 'a moment is milliseconds since 1970' },
  inputs: {
    pattern: /^\(-?\d{1,19}, '[a-z ]*', \d{1,9}\)$/,
    rule: "an input is written (id, 'flags', number of its verdict)",
  },
  verdicts: {
    pattern: /^\(\d{1,9}(, (null|'([^'\p{Cc}]|'')*'))+\)$/u,
    rule: 'a verdict is written (number, text ...), each text as writeText writes it',
  },
} as const;

export type ListKind = keyof typeof SHAPES;
/** Days that stand alone in a statement. */
const SINGLE_DAYS = ['sealed_day', 'aged_day', 'life_day'] as const;
type SingleDay = (typeof SINGLE_DAYS)[number];

export type SqlLists = Readonly<
  Partial<Record<ListKind, readonly string[]>> & Partial<Record<SingleDay, string>>
>;

/** Kinds whose values are literals already, or numbers. */
const BARE: ReadonlySet<ListKind> = new Set(['ids', 'hours', 'moment', 'inputs', 'verdicts']);

const SLOT = new RegExp(
  `:(${[...Object.keys(SHAPES), 'first_day', 'last_day', ...SINGLE_DAYS].join('|')})\\b`,
  'g',
);

/**
 * Fills the slots of a statement: lists by their kind, `:first_day` and `:last_day` with the ends of its days, single
 * days by their name; throws on a value of another shape and on an empty list.
 * @example fillLists('... dt in (:days)', { days: ['2026-11-23'] }) // "... dt in ('2026-11-23')"
 */
export function fillLists(sql: string, lists: SqlLists): string {
  return sql.replace(SLOT, (_slot, slot: ListKind | SingleDay | 'first_day' | 'last_day') => {
    if (slot === 'first_day') return writeList('days', ends(lists).slice(0, 1));
    if (slot === 'last_day') return writeList('days', ends(lists).slice(-1));
    if (isSingleDay(slot)) return writeList('days', [lists[slot] ?? []].flat());
    return writeList(slot, lists[slot] ?? []);
  });
}

const isSingleDay = (slot: string): slot is SingleDay => SINGLE_DAYS.some((name) => name === slot);

const ends = ({ days = [] }: SqlLists): readonly string[] => [...days].sort();

/** Writes one list as SQL literals, joined by commas. */
export function writeList(kind: ListKind, values: readonly string[]): string {
  if (values.length === 0) throw new Error(`the statement needs ${kind}, got none: leave it out instead`);
  return values.map((value) => literal(kind, value)).join(', ');
}

function literal(kind: ListKind, value: string): string {
  const { pattern, rule } = SHAPES[kind];
  if (!pattern.test(value)) throw new Error(`${rule}, got ${JSON.stringify(value)}`);
  return BARE.has(kind) ? value : `'${value}'`;
}

/** A text as a literal of both engines, which know no escape but the doubled quote; null without one. */
export const writeText = (text: string | null): string =>
  text === null ? 'null' : `'${text.replaceAll("'", "''")}'`;
