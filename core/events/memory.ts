import { RECORD_VERSION } from '../edge-record.ts';
import type { IngestSettings } from '../ingest-settings.ts';
import { readRefererHost, readUserAgent } from '../log/text.ts';
import { Dictionary, Values } from './dictionary.ts';
import { Outcomes } from './outcome.ts';
import { PARAMS } from './param-forms.ts';
import { type KnownHeads, newHeads } from './params.ts';
import { assetReader } from './path.ts';
import { readDate } from './time.ts';
import { Verdicts } from './verdicts.ts';

/** What is learnt from one log and holds for the next ones: what values mean, and how they were judged. */
export interface Memory {
  readonly dictionaries: Dictionaries;
  readonly heads: KnownHeads;
  readonly verdicts: Verdicts;
  readonly outcomes: Outcomes;
}
export type Dictionaries = ReturnType<typeof newDictionaries>;

/** Distinct byte strings; with more of them everything is forgotten, since senders can invent as many as they like. */
const MOST = 200_000;
const memories = new WeakMap<IngestSettings, Memory>();

/** What earlier logs under the same settings taught. */
export function memoryOf(settings: IngestSettings): Memory {
  const known = memories.get(settings);
  if (known !== undefined && sizeOf(known) <= MOST) return known;
  const dictionaries = newDictionaries(settings);
  const memory: Memory = {
    dictionaries,
    heads: newHeads(dictionaries),
    verdicts: new Verdicts(settings.classifier),
    outcomes: new Outcomes(),
  };
  memories.set(settings, memory);
  return memory;
}

const sizeOf = ({ dictionaries, heads, verdicts, outcomes }: Memory): number =>
  [...Object.values(dictionaries), heads.record, heads.query, verdicts, outcomes].reduce(
    (sum, { size }) => sum + size,
    0,
  );

/** One for each field or parameter whose values repeat from log to log. */
function newDictionaries(settings: IngestSettings) {
  const referers = new Values<string>();
  return {
    version: new Dictionary((raw) => (raw === RECORD_VERSION ? raw : null)),
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
