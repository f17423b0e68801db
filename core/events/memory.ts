import type { IngestSettings } from '../ingest-settings.ts';
import { readRefererHost, readUserAgent } from '../log/text.ts';
import type { Verdict } from '../verdict.ts';
import { Dictionary, Values } from './dictionary.ts';
import type { Outcome } from './outcome.ts';
import { PARAMS } from './param-forms.ts';
import { assetReader } from './path.ts';
import { readDate } from './time.ts';
import { TupleTable } from './tuple-table.ts';
import { looksAt } from './verdicts.ts';

/** What is learnt from one log and holds for the next ones: what values mean, and how they were judged. */
export interface Memory {
  readonly dictionaries: Dictionaries;
  /** Whether a rule can name a network, by its number among the values of `asn`. */
  readonly named: boolean[];
  readonly verdicts: { readonly table: TupleTable; readonly list: Verdict[] };
  readonly outcomes: { readonly table: TupleTable; readonly list: Outcome[] };
}
export type Dictionaries = ReturnType<typeof newDictionaries>;

/** Distinct byte strings; with more of them everything is forgotten, since senders can invent as many as they like. */
const MOST = 200_000;
const memories = new WeakMap<IngestSettings, Memory>();

/** What earlier logs under the same settings taught. */
export function memoryOf(settings: IngestSettings): Memory {
  const known = memories.get(settings);
  if (known !== undefined && sizeOf(known) <= MOST) return known;
  const memory: Memory = {
    dictionaries: newDictionaries(settings),
    named: [],
    verdicts: { table: new TupleTable(looksAt(settings.classifier).length), list: [] },
    outcomes: { table: new TupleTable(OUTCOME_WIDTH), list: [] },
  };
  memories.set(settings, memory);
  return memory;
}

/** Numbers that make up an outcome. */
export const OUTCOME_WIDTH = 6;

const sizeOf = ({ dictionaries, verdicts, outcomes }: Memory): number =>
  Object.values(dictionaries).reduce((sum, { size }) => sum + size, 0) +
  verdicts.table.size +
  outcomes.table.size;

/** One for each field or parameter whose values repeat from log to log. */
function newDictionaries(settings: IngestSettings) {
  const referers = new Values<string>();
  return {
    asset: new Dictionary(assetReader(settings)),
    method: new Dictionary((raw) => raw.toUpperCase()),
    date: new Dictionary((raw) => orNull(readDate(raw))),
    dt: new Dictionary(PARAMS.day),
    campaign: new Dictionary(PARAMS.campaign),
    medium: new Dictionary(PARAMS.medium),
    source: new Dictionary(PARAMS.source),
    content: new Dictionary(PARAMS.content),
    mode: new Dictionary(PARAMS.mode),
    signals: new Dictionary(PARAMS.signals),
    notes: new Dictionary(PARAMS.notes),
    referer_host: new Dictionary(PARAMS.refererHost, referers),
    /** Lines without a record have their referer in a field of its own. */
    referer: new Dictionary(readRefererHost, referers),
    user_agent: new Dictionary(readUserAgent),
    asn: new Dictionary((raw) => readNumber(raw, 2 ** 31 - 1)),
    status: new Dictionary((raw) => readNumber(raw, 999)),
    country: new Dictionary((raw) => (/^[A-Z]{2}$/.test(raw) ? raw : null)),
    edge_location: new Dictionary((raw) => raw),
    cache_result: new Dictionary((raw) => raw),
  };
}

const readNumber = (raw: string, most: number): number | null =>
  /^\d{1,10}$/.test(raw) && Number(raw) <= most ? Number(raw) : null;

const orNull = (number: number): number | null => (Number.isNaN(number) ? null : number);
