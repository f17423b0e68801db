import { RECORD_KEYS } from '../edge-record.ts';
import { NO_CAMPAIGN } from '../layout.ts';
import { HEX, PairFinder, unescapeInPlace } from '../log/pairs.ts';
import type { Dictionary } from './dictionary.ts';
import { type AnyColumn, type Columns, type Draft, dropLine, spansOf, type Words } from './draft.ts';
import { ABSENT, Heads, wordOf } from './heads.ts';
import { hashNonce } from './import-hash.ts';
import type { Dictionaries } from './memory.ts';

/** Parameters of a record and of a query string, by the columns that take them. */
const RECORD_COLUMNS = {
  version: RECORD_KEYS.version,
  dt: RECORD_KEYS.day,
  campaign: RECORD_KEYS.campaign,
  medium: RECORD_KEYS.medium,
  source: RECORD_KEYS.source,
  content: RECORD_KEYS.content,
  mode: RECORD_KEYS.mode,
  signals: RECORD_KEYS.signals,
  referer_host: RECORD_KEYS.refererHost,
  notes: RECORD_KEYS.notes,
} as const;
const QUERY_COLUMNS = {
  campaign: 'utm_campaign',
  medium: 'utm_medium',
  source: 'utm_source',
  content: 'utm_content',
} as const;
const RECORD_TARGETS = Object.keys(RECORD_COLUMNS) as readonly (keyof typeof RECORD_COLUMNS)[];
const QUERY_TARGETS = Object.keys(QUERY_COLUMNS) as readonly (keyof typeof QUERY_COLUMNS)[];
/** What differs from line to line, in the order in which the finders have them behind the columns. */
const WORDS = ['visitor', 'network', 'message'] as const;
const RECORD = new PairFinder([
  ...Object.values(RECORD_COLUMNS),
  RECORD_KEYS.recipient,
  ...WORDS.map((word) => RECORD_KEYS[word]),
]);
const QUERY = new PairFinder([...Object.values(QUERY_COLUMNS), 'n']);
const RECIPIENT = RECORD_TARGETS.length;
const NONCE = QUERY_TARGETS.length;

const TAIL_OF_RECORD = new Set(
  [RECORD_KEYS.recipient, ...WORDS.map((word) => RECORD_KEYS[word])].map((key) =>
    wordOf(`${key}=`.slice(0, 4)),
  ),
);
const UTM = wordOf('utm_');

const IMPORTED = 'imported';
const CONSENTED = 'consented';

/** Columns in the order of a record's and of a query string's names. */
export interface ParamColumns {
  readonly record: readonly AnyColumn[];
  readonly query: readonly AnyColumn[];
}

export const paramColumns = (columns: Columns): ParamColumns => ({
  record: RECORD_TARGETS.map((name) => columns[name]),
  query: QUERY_TARGETS.map((name) => columns[name]),
});

/** The beginnings of records and of query strings that are known. */
export interface KnownHeads {
  readonly record: Heads;
  readonly query: Heads;
}

export function newHeads(dictionaries: Dictionaries): KnownHeads {
  const of = (targets: readonly (keyof Dictionaries)[]) => targets.map((name) => dictionaries[name]);
  return {
    record: new Heads(RECORD, of(RECORD_TARGETS), (word) => TAIL_OF_RECORD.has(word)),
    query: new Heads(QUERY, of(QUERY_TARGETS), (word) => word !== UTM),
  };
}

/** Reads what the edge recorded of each load; in imported logs without a record, what the query string says. */
export function readParams(draft: Draft): void {
  const { drop, lines, recorded } = draft;
  const imported = draft.settings.import !== undefined;
  const records = spansOf(lines, 'viewer-request-log-data');
  const queries = spansOf(lines, 'cs-uri-query');
  for (let line = 0; line < lines.count; line++) {
    if (drop[line] !== 0) continue;
    const [start, end] = spanAt(records, line);
    if (end > start && readRecord(draft, line, start, end)) recorded[line] = 1;
    else if (imported) readQuery(draft, line, ...spanAt(queries, line));
    else if (end > start) dropLine(draft, line, 'bad_line');
    if (imported) placeImported(draft, line);
  }
}

/** A log may lack the field. */
const spanAt = (spans: Int32Array, line: number): [number, number] =>
  spans.length === 0 ? [0, 0] : [spans[line * 2] as number, spans[line * 2 + 1] as number];

/** Whether there was a record of this version. */
function readRecord(draft: Draft, line: number, start: number, end: number): boolean {
  const { columns, lines, params } = draft;
  const { text, view } = lines;
  const heads = draft.memory.heads.record;
  const stop = heads.endOf(view, start, end);
  const head = heads.at(start, stop);
  if (head !== null && (head[0] as number) >= 0) {
    RECORD.find(text, view, Math.min(stop + 1, end), end);
    take(params.record, line, RECORD.found, head);
  } else if (!findWhole(columns.version.dictionary, lines, start, end)) return false;
  else take(params.record, line, RECORD.found, null);
  takeRecipient(columns, line);
  for (let index = 0; index < WORDS.length; index++) {
    const at = (RECIPIENT + 1 + index) * 2;
    const words = draft[WORDS[index] as (typeof WORDS)[number]];
    readHex(text, RECORD.found[at] as number, RECORD.found[at + 1] as number, words, line);
  }
  return true;
}

/** The log may escape the record's own separators. */
function findWhole(
  version: Dictionary<string>,
  { text, view }: Draft['lines'],
  start: number,
  end: number,
): boolean {
  const isVersion = (): boolean => {
    const [from = 0, until = 0] = RECORD.found;
    return until > from && version.numberAt(from, until) >= 0;
  };
  RECORD.find(text, view, start, end);
  if (isVersion()) return true;
  RECORD.find(text, view, start, unescapeInPlace(text, start, end));
  return isVersion();
}

function readQuery(
  { lines, memory, message, params }: Draft,
  line: number,
  start: number,
  end: number,
): void {
  const { text, view } = lines;
  const stop = memory.heads.query.endOf(view, start, end);
  const head = memory.heads.query.at(start, stop);
  QUERY.find(text, view, head === null ? start : Math.min(stop + 1, end), end);
  take(params.query, line, QUERY.found, head);
  hashNonce(lines, QUERY.found[NONCE * 2] as number, QUERY.found[NONCE * 2 + 1] as number, message, line);
}

/** The first of several values of a name counts: the head's, then what was found. */
function take(columns: readonly AnyColumn[], line: number, found: Int32Array, head: Int32Array | null): void {
  for (let index = 0; index < columns.length; index++) {
    const { ids, dictionary } = columns[index] as AnyColumn;
    const inHead = head === null ? ABSENT : (head[index] as number);
    const end = found[index * 2 + 1] as number;
    if (inHead !== ABSENT) ids[line] = inHead;
    else if (end !== 0) ids[line] = dictionary.numberAt(found[index * 2] as number, end);
  }
}

/** The edge writes a token with consent only; a log that says otherwise was not written by it. */
function takeRecipient({ mode, recipient }: Columns, line: number): void {
  const end = RECORD.found[RECIPIENT * 2 + 1] as number;
  if (end === 0 || mode.dictionary.values.list[mode.ids[line] as number] !== CONSENTED) return;
  recipient.ids[line] = recipient.dictionary.numberAt(RECORD.found[RECIPIENT * 2] as number, end);
}

/** Sixteen hex digits as two words; anything else is no hash. */
function readHex(text: Uint8Array, start: number, end: number, words: Words, line: number): void {
  if (end - start !== 16) return;
  let high = 0;
  let low = 0;
  let wrong = 0;
  for (let at = start; at < start + 8; at++) {
    const upper = HEX[text[at] as number] as number;
    const lower = HEX[text[at + 8] as number] as number;
    wrong |= upper | lower;
    high = (high << 4) | upper;
    low = (low << 4) | lower;
  }
  if (wrong < 0) return;
  words.lanes[line * 2] = low;
  words.lanes[line * 2 + 1] = high;
  words.present[line] = 1;
}

/** Loads of imported logs without a campaign or a mode of their own still belong to one. */
function placeImported({ admitted, columns, settings }: Draft, line: number): void {
  const { campaign, mode } = columns;
  if (campaign.ids[line] === -1) campaign.ids[line] = campaign.dictionary.values.numberOf(NO_CAMPAIGN);
  if (mode.ids[line] !== -1) return;
  const id = campaign.ids[line] as number;
  let isAdmitted = admitted.get(id);
  if (isAdmitted === undefined) {
    const name = campaign.dictionary.values.list[id] as string;
    isAdmitted = name === NO_CAMPAIGN || (settings.import?.admits?.(name) ?? true);
    admitted.set(id, isAdmitted);
  }
  if (isAdmitted) mode.ids[line] = mode.dictionary.values.numberOf(IMPORTED);
}
