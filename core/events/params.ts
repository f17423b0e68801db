import { MEDIUMS } from '../campaign.ts';
import { RECORD_KEYS, RECORD_NOTES, RECORD_VERSION } from '../edge-record.ts';
import { findPairs, hexDigit, PairNames, unescapeInPlace } from '../log/pairs.ts';
import { readParameter } from '../log/text.ts';
import type { ByteTable } from './byte-table.ts';
import {
  type Draft,
  dropLine,
  emptyWords,
  type Numbered,
  newTable,
  readValues,
  spansOf,
  type Words,
} from './draft.ts';
import { readDate } from './time.ts';

/** What a record or a query string may say, by one name for both. */
const PARAMS = {
  campaign: matching(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  medium: (raw: string) => MEDIUMS.find((medium) => medium === readParameter(raw)) ?? null,
  source: matching(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  content: matching(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  mode: matching(/^[a-z]{1,16}$/),
  recipient: matching(/^[A-Za-z0-9_-]{1,64}$/),
  signals: (raw: string) => sortedWords(raw, ['dnt', 'gpc', 'prefetch']),
  refererHost: matching(/^[a-z0-9.-]{1,253}$/),
  notes: (raw: string) => sortedWords(raw, RECORD_NOTES),
  day: (raw: string) => (Number.isNaN(readDate(raw)) ? null : raw),
  /** Any characters: it is only hashed. */
  nonce: matching(/^[\s\S]{1,256}$/),
} as const;
type Param = keyof typeof PARAMS;
const PARAM_NAMES = Object.keys(PARAMS) as Param[];
const WORDS = ['visitor', 'network', 'message'] as const;
const VERSION_PLACE = PARAM_NAMES.length + WORDS.length;

const place = (param: Param): number => PARAM_NAMES.indexOf(param);

const RECORD_NAMES = new PairNames(
  new Map([
    ...PARAM_NAMES.filter((param) => param !== 'nonce').map(
      (param) => [RECORD_KEYS[param], place(param)] as const,
    ),
    ...WORDS.map((word, index) => [RECORD_KEYS[word], PARAM_NAMES.length + index] as const),
    [RECORD_KEYS.version, VERSION_PLACE] as const,
  ]),
);

const QUERY_NAMES = new PairNames(
  new Map([
    ['utm_campaign', place('campaign')],
    ['utm_medium', place('medium')],
    ['utm_source', place('source')],
    ['utm_content', place('content')],
    ['n', place('nonce')],
  ]),
);

function matching(pattern: RegExp): (raw: string) => string | null {
  return (raw) => {
    const text = readParameter(raw);
    return pattern.test(text) ? text : null;
  };
}

/** Words of a closed set, joined by a dot in the record, by a space in a row. */
function sortedWords(raw: string, known: readonly string[]): string | null {
  const words = raw.split('.').filter((word) => known.includes(word));
  return words.length === 0 ? null : [...new Set(words)].sort().join(' ');
}

/** Reads what the edge recorded of each load; in imported logs without a record, what the query string says. */
export function readParams(draft: Draft): void {
  const reader = new ParamReader(draft);
  const { lines } = draft;
  const own = draft.settings.import === undefined;
  const records = spansOf(lines, 'viewer-request-log-data');
  const queries = spansOf(lines, 'cs-uri-query');
  for (let line = 0; line < lines.count; line++) {
    if (draft.drop[line] !== 0) continue;
    const start = records[line * 2] as number;
    const end = records[line * 2 + 1] as number;
    const recorded = end > start && reader.record(line, start, end);
    if (recorded) draft.recorded[line] = 1;
    else if (!own) reader.query(line, queries[line * 2] as number, queries[line * 2 + 1] as number);
    else if (end > start) dropLine(draft, line, 'bad_line');
  }
  reader.finish();
}

class ParamReader {
  readonly #draft: Draft;
  readonly #found = new Int32Array((VERSION_PLACE + 1) * 2);
  readonly #tables: readonly ByteTable[];
  readonly #ids: readonly Int32Array[];
  readonly #words: readonly Words[];

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#tables = PARAM_NAMES.map(() => newTable(draft.lines));
    this.#ids = PARAM_NAMES.map(() => new Int32Array(draft.lines.count).fill(-1));
    this.#words = WORDS.map(() => emptyWords(draft.lines.count));
  }

  /** Whether there was a record of this version. */
  record(line: number, start: number, end: number): boolean {
    const { text } = this.#draft.lines;
    findPairs(text, start, end, RECORD_NAMES, this.#found);
    if (!this.#isVersion(text)) {
      // The log may escape the record's own separators.
      findPairs(text, start, unescapeInPlace(text, start, end), RECORD_NAMES, this.#found);
      if (!this.#isVersion(text)) return false;
    }
    this.#take(line);
    for (let index = 0; index < WORDS.length; index++) {
      const at = (PARAM_NAMES.length + index) * 2;
      readHex(
        text,
        this.#found[at] as number,
        this.#found[at + 1] as number,
        this.#words[index] as Words,
        line,
      );
    }
    return true;
  }

  query(line: number, start: number, end: number): void {
    findPairs(this.#draft.lines.text, start, end, QUERY_NAMES, this.#found);
    this.#take(line);
  }

  #isVersion(text: Uint8Array): boolean {
    const start = this.#found[VERSION_PLACE * 2] as number;
    const end = this.#found[VERSION_PLACE * 2 + 1] as number;
    return end - start === 1 && text[start] === RECORD_VERSION.charCodeAt(0);
  }

  #take(line: number): void {
    for (let param = 0; param < PARAM_NAMES.length; param++) {
      const end = this.#found[param * 2 + 1] as number;
      if (end === 0) continue;
      const table = this.#tables[param] as ByteTable;
      (this.#ids[param] as Int32Array)[line] = table.idOf(this.#found[param * 2] as number, end);
    }
  }

  finish(): void {
    const { texts, words, lines } = this.#draft;
    const column = (param: Param): Numbered<string | null> => ({
      ids: this.#ids[place(param)] as Int32Array,
      values: readValues(lines, this.#tables[place(param)] as ByteTable, PARAMS[param]),
    });
    for (const name of ['campaign', 'medium', 'source', 'content', 'mode', 'recipient', 'signals'] as const) {
      texts.set(name, column(name));
    }
    texts.set('referer_host', column('refererHost'));
    WORDS.forEach((word, index) => {
      words.set(word, this.#words[index] as Words);
    });
    this.#draft.recordDay = column('day');
    this.#draft.notes = column('notes');
    this.#draft.nonce = column('nonce');
  }
}

/** Sixteen hex digits as two words; anything else is no hash. */
function readHex(text: Uint8Array, start: number, end: number, words: Words, line: number): void {
  if (end - start !== 16) return;
  let high = 0;
  let low = 0;
  for (let at = 0; at < 8; at++) {
    const upper = hexDigit(text[start + at] as number);
    const lower = hexDigit(text[start + at + 8] as number);
    if (upper < 0 || lower < 0) return;
    high = (high << 4) | upper;
    low = (low << 4) | lower;
  }
  words.lanes[line * 2] = low;
  words.lanes[line * 2 + 1] = high;
  words.present[line] = 1;
}
