import type { Batch, BatchColumn, DictionaryColumn, EventColumnName, PlainColumn } from '../batch.ts';
import { BLOCK_LINES } from '../log/block.ts';
import type { Draft } from './draft.ts';
import type { DropRow } from './drop-rows.ts';
import { IdColumn, Kept, WordColumn } from './growing.ts';
import { OUTCOME_COLUMNS, type Outcome } from './outcome.ts';

/** Number of the way lines are parsed; raise it with every change of what a line becomes. */
export const PARSER = 1;

/** Columns that a draft holds as numbers of values. */
const VALUE_COLUMNS = [
  'asset',
  'method',
  'campaign',
  'medium',
  'source',
  'content',
  'mode',
  'recipient',
  'signals',
  'referer_host',
  'user_agent',
  'country',
  'edge_location',
  'cache_result',
  'asn',
  'status',
  'dt',
] as const;
const WORD_COLUMNS = {
  visitor: 'visitor',
  network: 'network',
  message: 'message',
  input_id: 'input',
} as const;
type WordName = keyof typeof WORD_COLUMNS;
const WORD_NAMES = Object.keys(WORD_COLUMNS) as readonly WordName[];
/** What a load keeps when an opt-out, or a campaign switched off, hides the rest; besides what every row has. */
const KEPT_WHEN_HIDDEN: ReadonlySet<EventColumnName> = new Set(['campaign', 'mode', 'dt', 'class', 'flags']);
const FIRST_ROOM = 4_096;

/** Rows of one log as columns: what each block's draft leaves, until there are enough for a row group. */
export class RowBuffer {
  #count = 0;
  #room = 0;
  #draft: Draft;
  readonly #kept = new Kept(BLOCK_LINES);
  readonly #values = VALUE_COLUMNS.map((name) => ({ name, column: new IdColumn() }));
  readonly #outcomes = new IdColumn();
  readonly #words = WORD_NAMES.map((name) => ({ name, column: new WordColumn() }));
  readonly #loadIds = new WordColumn();
  readonly #times = new WordColumn();

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  /** Forgets its rows for those of another draft; their arrays are used again. */
  begin(draft: Draft): void {
    this.#draft = draft;
    this.#count = 0;
  }

  get rows(): number {
    return this.#count;
  }

  /** Adds the loads of the draft's block. */
  append(): void {
    const kept = this.#kept;
    const at = this.#count;
    kept.take(this.#draft);
    if (at + kept.count > this.#room) this.#grow(kept.count);
    for (const { name, column } of this.#values) {
      column.append(at, this.#draft.columns[name].ids, kept);
      if (!KEPT_WHEN_HIDDEN.has(name)) column.hide(at, kept);
    }
    this.#outcomes.append(at, this.#draft.outcomeIds, kept);
    for (const { name, column } of this.#words) column.append(at, this.#draft[WORD_COLUMNS[name]], kept);
    this.#appendIdentity(at);
    this.#count += kept.count;
  }

  #grow(more: number): void {
    this.#room = Math.max(this.#room * 2, FIRST_ROOM, this.#count + more);
    const words = this.#words.map(({ column }) => column);
    const values = this.#values.map(({ column }) => column);
    const rest = [this.#outcomes, this.#loadIds, this.#times];
    for (const column of [...values, ...words, ...rest]) column.grow(this.#room);
  }

  /** Times fit into 53 bits, so their two words are taken without making a bigint of each. */
  #appendIdentity(at: number): void {
    const { loadIds, ms } = this.#draft;
    for (let row = 0; row < this.#kept.count; row++) {
      const line = this.#kept.lines[row] as number;
      const to = (at + row) * 2;
      this.#loadIds.lanes[to] = loadIds[line * 2] as number;
      this.#loadIds.lanes[to + 1] = loadIds[line * 2 + 1] as number;
      this.#times.lanes[to] = (ms[line] as number) | 0;
      this.#times.lanes[to + 1] = Math.floor((ms[line] as number) / 2 ** 32);
    }
  }

  /** The rows so far, then one for each of these drop rows. It is valid until the next block comes. */
  toBatch(drops: readonly DropRow[] = []): Batch {
    const loads = this.#count;
    const rows = loads + drops.length;
    if (rows > this.#room) this.#grow(drops.length);
    const columns = new Map<EventColumnName, BatchColumn>();
    for (const { name, column } of this.#values) columns.set(name, this.#valueColumn(name, column, drops));
    for (const name of OUTCOME_COLUMNS) columns.set(name, this.#outcomeColumn(name, drops));
    for (const { column } of this.#words) column.present.fill(0, loads, rows);
    for (const { name, column } of this.#words) columns.set(name, column.toColumn(rows));
    this.#times.present.fill(1, 0, loads).fill(0, loads, rows);
    const loadIds = this.#loadIds.toColumn(rows, true);
    drops.forEach(({ loadId }, index) => {
      (loadIds.values as BigInt64Array)[loads + index] = loadId;
    });
    columns.set('load_id', loadIds);
    columns.set('loaded_ms', this.#times.toColumn(rows));
    columns.set('registered', this.#registeredColumn(rows));
    columns.set('lines', { form: 'plain', values: linesOf(loads, drops), present: null });
    const { object, settings } = this.#draft;
    columns.set('parser', sameColumn(rows, Int32Array.of(PARSER)));
    columns.set('log_object', sameColumn(rows, [object]));
    columns.set('ruleset', sameColumn(rows, [settings.classifier.ruleset], loads));
    return { rows, columns };
  }

  #valueColumn(
    name: (typeof VALUE_COLUMNS)[number],
    { ids }: IdColumn,
    drops: readonly DropRow[],
  ): DictionaryColumn {
    const { values } = this.#draft.columns[name].dictionary;
    drops.forEach(({ day }, index) => {
      ids[this.#count + index] = name === 'dt' ? this.#draft.columns.dt.dictionary.values.numberOf(day) : -1;
    });
    const list = name === 'asn' || name === 'status' ? Int32Array.from(values.list as number[]) : values.list;
    return {
      form: 'dictionary',
      values: list as DictionaryColumn['values'],
      ids: ids.subarray(0, this.#count + drops.length),
    };
  }

  #outcomeColumn(name: (typeof OUTCOME_COLUMNS)[number], drops: readonly DropRow[]): DictionaryColumn {
    const values = new Distinct();
    const byId = this.#draft.memory.outcomes.list.map((outcome) => values.numberOf(shownOf(outcome, name)));
    const ids = new Int32Array(this.#count + drops.length).fill(-1);
    for (let row = 0; row < this.#count; row++) ids[row] = byId[this.#outcomes.ids[row] as number] as number;
    drops.forEach(({ reason }, index) => {
      const text = name === 'class' ? 'dropped' : name === 'reasons' ? reason : null;
      ids[this.#count + index] = values.numberOf(text);
    });
    return { form: 'dictionary', values: values.list, ids };
  }

  #registeredColumn(rows: number): PlainColumn {
    const values = new Uint8Array(rows);
    const present = new Uint8Array(rows);
    const known = this.#draft.memory.outcomes.list.map(({ registered }) => registered);
    for (let row = 0; row < this.#count; row++) {
      const registered = known[this.#outcomes.ids[row] as number];
      values[row] = registered === true ? 1 : 0;
      present[row] = registered === null ? 0 : 1;
    }
    return { form: 'plain', values, present };
  }
}

const shownOf = (outcome: Outcome, name: (typeof OUTCOME_COLUMNS)[number]): string | null =>
  outcome.hidden && !KEPT_WHEN_HIDDEN.has(name) ? null : outcome[name];

/** Numbers texts; null has none. */
class Distinct {
  readonly #numbers = new Map<string, number>();

  get list(): readonly string[] {
    return [...this.#numbers.keys()];
  }

  numberOf(text: string | null): number {
    if (text === null) return -1;
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}

function linesOf(loads: number, drops: readonly DropRow[]): Int32Array {
  const values = new Int32Array(loads + drops.length).fill(1);
  drops.forEach(({ lines }, index) => {
    values[loads + index] = lines;
  });
  return values;
}

function sameColumn(rows: number, values: readonly string[] | Int32Array, filled = rows): DictionaryColumn {
  return { form: 'dictionary', values, ids: new Int32Array(rows).fill(-1, filled) };
}
