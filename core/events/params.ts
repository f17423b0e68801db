import { RECORD_KEYS, RECORD_VERSION } from '../edge-record.ts';
import { NO_CAMPAIGN } from '../layout.ts';
import { HEX, PairFinder, unescapeInPlace } from '../log/pairs.ts';
import { type Columns, type Draft, dropLine, spansOf, type Words } from './draft.ts';
import { hashNonce } from './import-hash.ts';

/** Parameters of a record and of a query string, by the columns that take them. */
const RECORD_COLUMNS = {
  dt: RECORD_KEYS.day,
  campaign: RECORD_KEYS.campaign,
  medium: RECORD_KEYS.medium,
  source: RECORD_KEYS.source,
  content: RECORD_KEYS.content,
  mode: RECORD_KEYS.mode,
  recipient: RECORD_KEYS.recipient,
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
const RECORD_TARGETS = Object.keys(RECORD_COLUMNS) as readonly (keyof Columns)[];
const QUERY_TARGETS = Object.keys(QUERY_COLUMNS) as readonly (keyof Columns)[];
const NONCE = 'n';
const WORDS = ['visitor', 'network', 'message'] as const;
const IMPORTED = 'imported';
const CONSENTED = 'consented';

/** Reads what the edge recorded of each load; in imported logs without a record, what the query string says. */
export function readParams(draft: Draft, from: number, until: number): void {
  const reader = new ParamReader(draft);
  const { drop, lines, recorded } = draft;
  const imported = draft.settings.import !== undefined;
  const records = spansOf(lines, 'viewer-request-log-data');
  const queries = spansOf(lines, 'cs-uri-query');
  for (let line = from; line < until; line++) {
    if (drop[line] !== 0) continue;
    const [start, end] = spanAt(records, line);
    if (end > start && reader.record(line, start, end)) recorded[line] = 1;
    else if (imported) reader.query(line, ...spanAt(queries, line));
    else if (end > start) dropLine(draft, line, 'bad_line');
    if (imported) placeImported(draft, line);
  }
}

/** A log may lack the field. */
const spanAt = (spans: Int32Array, line: number): [number, number] =>
  spans.length === 0 ? [0, 0] : [spans[line * 2] as number, spans[line * 2 + 1] as number];

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

const RECORD = new PairFinder([
  RECORD_KEYS.version,
  ...Object.values(RECORD_COLUMNS),
  ...WORDS.map((word) => RECORD_KEYS[word]),
]);
const QUERY = new PairFinder([NONCE, ...Object.values(QUERY_COLUMNS)]);
const FIRST_WORD = 1 + RECORD_TARGETS.length;

class ParamReader {
  readonly #draft: Draft;
  readonly #record: readonly Columns[keyof Columns][];
  readonly #query: readonly Columns[keyof Columns][];

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#record = RECORD_TARGETS.map((name) => draft.columns[name]);
    this.#query = QUERY_TARGETS.map((name) => draft.columns[name]);
  }

  /** Whether there was a record of this version. */
  record(line: number, start: number, end: number): boolean {
    const { text, view } = this.#draft.lines;
    RECORD.find(text, view, start, end);
    if (!isVersion(text)) {
      // The log may escape the record's own separators.
      RECORD.find(text, view, start, unescapeInPlace(text, start, end));
      if (!isVersion(text)) return false;
    }
    this.#take(line, RECORD.found, this.#record);
    dropUnaskedRecipient(this.#draft.columns, line);
    for (let index = 0; index < WORDS.length; index++) {
      const at = (FIRST_WORD + index) * 2;
      const words = this.#draft[WORDS[index] as (typeof WORDS)[number]];
      readHex(text, RECORD.found[at] as number, RECORD.found[at + 1] as number, words, line);
    }
    return true;
  }

  query(line: number, start: number, end: number): void {
    const { lines, message } = this.#draft;
    QUERY.find(lines.text, lines.view, start, end);
    this.#take(line, QUERY.found, this.#query);
    hashNonce(lines, QUERY.found[0] as number, QUERY.found[1] as number, message, line);
  }

  /** The first place is no column's: version of a record, nonce of a query. */
  #take(line: number, found: Int32Array, columns: readonly Columns[keyof Columns][]): void {
    const { view } = this.#draft.lines;
    for (let index = 0; index < columns.length; index++) {
      const end = found[index * 2 + 3] as number;
      if (end === 0) continue;
      const { ids, dictionary } = columns[index] as Columns[keyof Columns];
      ids[line] = dictionary.numberAt(view, found[index * 2 + 2] as number, end);
    }
  }
}

/** The edge writes a token with consent only; a log that says otherwise was not written by it. */
function dropUnaskedRecipient({ mode, recipient }: Draft['columns'], line: number): void {
  if (recipient.ids[line] === -1) return;
  if (mode.dictionary.values.list[mode.ids[line] as number] !== CONSENTED) recipient.ids[line] = -1;
}

function isVersion(text: Uint8Array): boolean {
  const start = RECORD.found[0] as number;
  const end = RECORD.found[1] as number;
  return end - start === 1 && text[start] === RECORD_VERSION.charCodeAt(0);
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
