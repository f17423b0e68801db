import { hashRange } from '../hash.ts';
import type { IngestClassifier } from '../ingest-settings.ts';
import type { Evidence } from '../verdict.ts';
import type { Columns, Draft } from './draft.ts';
import { EVIDENCE_COLUMNS, EVIDENCE_PARTS, evidenceAt, isNamed } from './evidence.ts';
import type { Memory } from './memory.ts';
import { TupleTable } from './tuple-table.ts';
import { WordList } from './word-list.ts';

const WIDTH = EVIDENCE_PARTS.length;
const ASN = EVIDENCE_PARTS.indexOf('asn');
/** Stands for every network that no rule can name. */
const ORDINARY = -2;

export const looksAt = (classifier: IngestClassifier): readonly (keyof Evidence)[] =>
  classifier.looksAt ?? EVIDENCE_PARTS;

/** The distinct inputs of stage A in one log: what it may look at, as numbers of values. */
export class Inputs {
  /** For each input the number of its verdict in the memory. */
  readonly verdicts: number[] = [];
  readonly #hashes = new WordList();
  readonly #table = new TupleTable(WIDTH);
  readonly #columns: readonly Columns[keyof Columns][];
  readonly #classifier: IngestClassifier;
  readonly #memory: Memory;
  /** Places of those parts that can change a verdict. */
  readonly #decisive: readonly number[];
  readonly #input = new Int32Array(WIDTH);
  readonly #evidence: Int32Array;
  readonly #parts = new DataView(new ArrayBuffer(WIDTH * 8));

  constructor(columns: Columns, classifier: IngestClassifier, memory: Memory) {
    this.#columns = EVIDENCE_PARTS.map((part) => columns[EVIDENCE_COLUMNS[part]]);
    this.#classifier = classifier;
    this.#memory = memory;
    this.#decisive = looksAt(classifier).map((part) => EVIDENCE_PARTS.indexOf(part));
    this.#evidence = new Int32Array(this.#decisive.length);
  }

  /** The `input_id` of each input. */
  toBigints = (): BigInt64Array => this.#hashes.toBigints();

  /** The number of a load's input. Each distinct one is judged once. */
  numberOf(draft: Draft, line: number): number {
    const input = this.#input;
    for (let place = 0; place < WIDTH; place++) {
      input[place] = (this.#columns[place] as Columns[keyof Columns]).ids[line] as number;
    }
    const id = this.#table.idOf(input);
    if (id === this.verdicts.length) {
      this.verdicts.push(this.#judge(draft, line));
      this.#hash();
    }
    return id;
  }

  /** A hash of the hashes of what stage A may look at; null, like no value at all, is the pair 0 0. */
  #hash(): void {
    for (let place = 0; place < WIDTH; place++) {
      const { hashes } = (this.#columns[place] as Columns[keyof Columns]).dictionary.values;
      const id = this.#input[place] as number;
      this.#parts.setInt32(place * 8, id < 0 ? 0 : (hashes[id * 2] as number), true);
      this.#parts.setInt32(place * 8 + 4, id < 0 ? 0 : (hashes[id * 2 + 1] as number), true);
    }
    const at = this.#hashes.next();
    hashRange(this.#parts, 0, WIDTH * 8, this.#hashes.lanes, at);
  }

  /** Looks the verdict up by those parts of the evidence that can change it. */
  #judge(draft: Draft, line: number): number {
    for (let index = 0; index < this.#evidence.length; index++) {
      const place = this.#decisive[index] as number;
      const id = this.#input[place] as number;
      this.#evidence[index] = place === ASN && !this.#isNamed(id) ? ORDINARY : id;
    }
    const { table, list } = this.#memory.verdicts;
    const verdict = table.idOf(this.#evidence);
    if (verdict === list.length) list.push(this.#classifier.classify(evidenceAt(draft, line)));
    return verdict;
  }

  #isNamed(id: number): boolean {
    const { dictionaries, named } = this.#memory;
    if (id < 0) return true;
    named[id] ??= isNamed(dictionaries.asn.values.list[id] as number);
    return named[id];
  }
}
