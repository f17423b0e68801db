import { hashRange } from '../hash.ts';
import type { IngestClassifier } from '../ingest-settings.ts';
import type { Verdict } from '../verdict.ts';
import { ContextTable } from './context-table.ts';
import type { AnyColumn, Draft } from './draft.ts';
import { EVIDENCE_PARTS, evidenceAt, isNamed } from './evidence.ts';

const WIDTH = EVIDENCE_PARTS.length;
const ASN = EVIDENCE_PARTS.indexOf('asn');
const USER_AGENT = EVIDENCE_PARTS.indexOf('userAgent');
/** Stands for every network that no rule can name. */
const ORDINARY = -2;

/** The verdicts that are known, by what can change them. Each is judged once. */
export class Verdicts {
  readonly list: Verdict[] = [];
  readonly #classifier: IngestClassifier;
  /** Places of those parts of the evidence, besides the user agent, that can change a verdict. */
  readonly #decisive: readonly number[];
  readonly #looksAtAgent: boolean;
  readonly #context: Int32Array;
  /** For each context and user agent the number of the verdict: there are many clients and few verdicts. */
  readonly #table: ContextTable;
  readonly #byText = new Map<string, number>();
  /** Whether a rule can name a network, by its number among the values of `asn`. */
  readonly #named: boolean[] = [];

  constructor(classifier: IngestClassifier) {
    this.#classifier = classifier;
    const places = (classifier.looksAt ?? EVIDENCE_PARTS).map((part) => EVIDENCE_PARTS.indexOf(part));
    this.#looksAtAgent = places.includes(USER_AGENT);
    this.#decisive = places.filter((place) => place !== USER_AGENT);
    this.#context = new Int32Array(this.#decisive.length);
    this.#table = new ContextTable(this.#decisive.length);
  }

  get size(): number {
    return this.#table.size;
  }

  /** The number of the verdict on a load, whose evidence is given as numbers of values. */
  numberOf(draft: Draft, line: number, input: Int32Array): number {
    for (let index = 0; index < this.#context.length; index++) {
      const place = this.#decisive[index] as number;
      const id = input[place] as number;
      this.#context[index] = place === ASN && id >= 0 && !this.#isNamed(draft, id) ? ORDINARY : id;
    }
    const agent = this.#looksAtAgent ? (input[USER_AGENT] as number) + 1 : 0;
    const known = this.#table.get(this.#context, agent);
    if (known !== -1) return known;
    const number = this.#judge(draft, line);
    this.#table.set(agent, number);
    return number;
  }

  #judge(draft: Draft, line: number): number {
    const verdict = this.#classifier.classify(evidenceAt(draft, line));
    const text = JSON.stringify(verdict);
    const number = this.#byText.get(text) ?? this.list.push(verdict) - 1;
    this.#byText.set(text, number);
    return number;
  }

  #isNamed({ columns }: Draft, id: number): boolean {
    this.#named[id] ??= isNamed(columns.asn.dictionary.values.list[id] as number);
    return this.#named[id];
  }
}

/** Takes what stage A may look at of one line, as numbers of values. */
export function takeInput({ evidence }: Draft, line: number, input: Int32Array): void {
  for (let place = 0; place < WIDTH; place++)
    input[place] = (evidence[place] as AnyColumn).ids[line] as number;
}

const parts = new Int32Array(WIDTH * 2);
const bytes = new DataView(parts.buffer);

/** `input_id`: a hash of the hashes of what stage A may look at; null, like no value at all, is the pair 0 0. */
export function hashInput(
  { evidence, input: { lanes, present } }: Draft,
  line: number,
  input: Int32Array,
): void {
  for (let place = 0; place < WIDTH; place++) {
    const { hashes } = (evidence[place] as AnyColumn).dictionary.values;
    const id = input[place] as number;
    parts[place * 2] = id < 0 ? 0 : (hashes[id * 2] as number);
    parts[place * 2 + 1] = id < 0 ? 0 : (hashes[id * 2 + 1] as number);
  }
  hashRange(bytes, 0, bytes.byteLength, lanes, line * 2);
  present[line] = 1;
}

export const newInput = (): Int32Array => new Int32Array(WIDTH);
