import { RECORD_KEYS } from '../edge-record.ts';
import { readHexAll } from '../kernel/kernel.ts';
import { FOUND_SPANS, PairFinder } from '../kernel/pair-finder.ts';
import { NO_CAMPAIGN } from '../layout.ts';
import { unescapeInPlace } from '../log/escapes.ts';
import { type AnyColumn, type Columns, type Draft, dropLine, spansOf } from './draft.ts';
import { Heads, spanOf } from './heads.ts';
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
const RECORD = new PairFinder(Object.values(RECORD_COLUMNS), [
  RECORD_KEYS.recipient,
  ...WORDS.map((word) => RECORD_KEYS[word]),
]);
const QUERY = new PairFinder(Object.values(QUERY_COLUMNS), ['n']);
const VERSION = 0;
const RECIPIENT = RECORD_TARGETS.length;
const NONCE = QUERY_TARGETS.length;

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
    record: new Heads(RECORD, of(RECORD_TARGETS), true),
    query: new Heads(QUERY, of(QUERY_TARGETS), false),
  };
}

/** Reads what the edge recorded of each load; in imported logs without a record, what the query string says. */
export function readParams(draft: Draft): void {
  const { lines, settings } = draft;
  const records = spansOf(lines, 'viewer-request-log-data');
  if (records.length > 0) readRecords(draft, records);
  if (settings.import === undefined) return;
  const queries = spansOf(lines, 'cs-uri-query');
  if (queries.length > 0) readQueries(draft, queries);
  for (let line = 0; line < lines.count; line++) if (draft.drop[line] === 0) placeImported(draft, line);
}

function readRecords(draft: Draft, records: Int32Array): void {
  const { drop, lines, memory, params, recorded, skip } = draft;
  const { count } = lines;
  for (let line = 0; line < count; line++)
    skip[line] = drop[line] !== 0 || records[line * 2 + 1] === records[line * 2] ? 1 : 0;
  memory.heads.record.read(records, skip, count);
  for (let line = 0; line < count; line++) {
    if (skip[line] === 0 && !isRecord(draft, line, records)) refuseRecord(draft, line);
    recorded[line] = skip[line] === 0 ? 1 : 0;
  }
  params.record.forEach((column, name) => {
    memory.heads.record.take(name, column, skip, count);
  });
  takeRecipients(draft);
  WORDS.forEach((word, index) => {
    const { lanes, present } = draft[word];
    readHexAll(FOUND_SPANS[RECIPIENT + 1 + index] as Int32Array, lanes, present, skip, count);
  });
}

/** Whether there is a record of this version. The log may escape the record's own separators. */
function isRecord({ columns, lines, memory, skip }: Draft, line: number, records: Int32Array): boolean {
  const { record } = memory.heads;
  if (!record.isWhole(line)) return true;
  const isVersion = (): boolean => {
    const [start, end] = spanOf(VERSION, line);
    return end > start && columns.version.dictionary.numberAt(start, end) >= 0;
  };
  if (isVersion()) return true;
  const start = records[line * 2] as number;
  record.readAgain(line, start, unescapeInPlace(lines.text, start, records[line * 2 + 1] as number), skip);
  return isVersion();
}

/** An import may still find something in the query string. */
function refuseRecord(draft: Draft, line: number): void {
  draft.skip[line] = 1;
  if (draft.settings.import === undefined) dropLine(draft, line, 'bad_line');
}

function readQueries(draft: Draft, queries: Int32Array): void {
  const { drop, lines, memory, message, params, recorded, skip } = draft;
  const { count } = lines;
  for (let line = 0; line < count; line++) skip[line] = (drop[line] as number) | (recorded[line] as number);
  memory.heads.query.read(queries, skip, count);
  params.query.forEach((column, name) => {
    memory.heads.query.take(name, column, skip, count);
  });
  for (let line = 0; line < count; line++)
    if (skip[line] === 0) hashNonce(lines, ...spanOf(NONCE, line), message, line);
}

/** The edge writes a token with consent only; a log that says otherwise was not written by it. */
function takeRecipients({ columns, lines, skip }: Draft): void {
  const { mode, recipient } = columns;
  const consented = mode.dictionary.values.list.indexOf(CONSENTED);
  for (let line = 0; line < lines.count; line++) {
    if (skip[line] !== 0 || mode.ids[line] === -1 || mode.ids[line] !== consented) continue;
    const [start, end] = spanOf(RECIPIENT, line);
    if (end !== 0) recipient.ids[line] = recipient.dictionary.numberAt(start, end);
  }
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
