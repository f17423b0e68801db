import type { Batch, BatchColumn, DictionaryColumn, EventColumnName, PlainColumn } from '../batch.ts';
import { NO_CAMPAIGN } from '../layout.ts';
import { type Draft, type Numbered, valueAt, type Words } from './draft.ts';
import { countDrops, type DropRow } from './drop-rows.ts';

/** Number of the way lines are parsed; raise it with every change of what a line becomes. */
export const PARSER = 1;

const IMPORTED = 'imported';

/** What a load keeps when an opt-out, or a campaign switched off, hides the rest. */
const KEPT_WHEN_HIDDEN: ReadonlySet<EventColumnName> = new Set<EventColumnName>([
  'load_id',
  'loaded_ms',
  'lines',
  'campaign',
  'mode',
  'class',
  'flags',
  'ruleset',
  'parser',
  'log_object',
  'dt',
]);

/** The rows of a batch: first the loads, by their lines, then the drop rows. */
interface Rows {
  readonly draft: Draft;
  readonly lineOf: Int32Array;
  readonly drops: readonly DropRow[];
  readonly count: number;
}

/** Event rows of a draft: one for each load, then one for each day and reason of its dropped lines. */
export function buildBatch(draft: Draft): Batch {
  const drops = countDrops(draft, PARSER);
  const lineOf = loadLines(draft.drop);
  const rows: Rows = { draft, lineOf, drops, count: lineOf.length + drops.length };
  const columns = new Map<EventColumnName, BatchColumn>();
  for (const [name, column] of draft.texts) {
    columns.set(name, textColumn(rows, name, importedDefault(draft, name, column)));
  }
  for (const [name, column] of draft.numbers) columns.set(name, numberColumn(rows, name, column));
  for (const [name, words] of draft.words) columns.set(name, wordColumn(rows, name, words));
  columns.set('input_id', inputColumn(rows, draft.inputs));
  columns.set('registered', registeredColumn(rows));
  columns.set('load_id', idColumn(rows));
  columns.set('loaded_ms', timeColumn(rows));
  columns.set('lines', linesColumn(rows));
  columns.set('parser', sameColumn(rows.count, Int32Array.of(PARSER)));
  columns.set('log_object', sameColumn(rows.count, [draft.object]));
  columns.set('ruleset', sameColumn(rows.count, [draft.settings.classifier.ruleset], lineOf.length));
  return { rows: rows.count, columns };
}

function loadLines(drop: Uint8Array): Int32Array {
  const lineOf = new Int32Array(drop.length);
  let loads = 0;
  for (let line = 0; line < drop.length; line++) if (drop[line] === 0) lineOf[loads++] = line;
  return lineOf.subarray(0, loads);
}

/** Loads of imported logs without a campaign or a mode of their own still belong to one. */
function importedDefault(
  { settings }: Draft,
  name: EventColumnName,
  column: Numbered<string | null>,
): Numbered<string | null> {
  if (settings.import === undefined || (name !== 'campaign' && name !== 'mode')) return column;
  const none = column.values.length;
  const fallback = name === 'campaign' ? NO_CAMPAIGN : IMPORTED;
  const ids = column.ids.map((id) => (id === -1 || column.values[id] === null ? none : id));
  return { ids, values: [...column.values, fallback] };
}

/** For each row the number of its value: `byId` of what its line has in a column; -1 for drop rows and what is hidden. */
function gather(rows: Rows, name: EventColumnName, ids: Int32Array, byId: Int32Array): Int32Array {
  const { draft, lineOf, count } = rows;
  const gathered = new Int32Array(count).fill(-1);
  const shown = KEPT_WHEN_HIDDEN.has(name);
  for (let row = 0; row < lineOf.length; row++) {
    const line = lineOf[row] as number;
    const id = ids[line] as number;
    if (id >= 0 && (shown || draft.hidden[line] === 0)) gathered[row] = byId[id] as number;
  }
  return gathered;
}

/** What a drop row says in the few columns that it has. */
const DROP_TEXT: Partial<Record<EventColumnName, (drop: DropRow) => string>> = {
  class: () => 'dropped',
  reasons: (drop) => drop.reason,
  dt: (drop) => drop.day,
};

function textColumn(rows: Rows, name: EventColumnName, column: Numbered<string | null>): DictionaryColumn {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const byId = Int32Array.from(column.values, (value) => (value === null ? -1 : numberOf(value)));
  const ids = gather(rows, name, column.ids, byId);
  const dropText = DROP_TEXT[name];
  if (dropText !== undefined) {
    rows.drops.forEach((drop, index) => {
      ids[rows.lineOf.length + index] = numberOf(dropText(drop));
    });
  }
  return { form: 'dictionary', values: [...numbers.keys()], ids };
}

function numberColumn(rows: Rows, name: EventColumnName, column: Numbered<number | null>): DictionaryColumn {
  const values = Int32Array.from(column.values, (value) => value ?? 0);
  const byId = Int32Array.from(column.values, (value, id) => (value === null ? -1 : id));
  return { form: 'dictionary', values, ids: gather(rows, name, column.ids, byId) };
}

function inputColumn(rows: Rows, { ids, values }: Draft['inputs']): DictionaryColumn {
  const byId = Int32Array.from({ length: values.length }, (_, id) => id);
  return { form: 'dictionary', values, ids: gather(rows, 'input_id', ids, byId) };
}

function wordColumn({ draft, lineOf, count }: Rows, name: EventColumnName, words: Words): PlainColumn {
  const lanes = new Int32Array(count * 2);
  const present = new Uint8Array(count);
  const shown = KEPT_WHEN_HIDDEN.has(name);
  for (let row = 0; row < lineOf.length; row++) {
    const line = lineOf[row] as number;
    if (words.present[line] === 0 || (!shown && draft.hidden[line] === 1)) continue;
    lanes[row * 2] = words.lanes[line * 2] as number;
    lanes[row * 2 + 1] = words.lanes[line * 2 + 1] as number;
    present[row] = 1;
  }
  return { form: 'plain', values: new BigInt64Array(lanes.buffer), present };
}

function idColumn({ draft, lineOf, drops, count }: Rows): PlainColumn {
  const lanes = new Int32Array(count * 2);
  for (let row = 0; row < lineOf.length; row++) {
    const line = lineOf[row] as number;
    lanes[row * 2] = draft.loadIds[line * 2] as number;
    lanes[row * 2 + 1] = draft.loadIds[line * 2 + 1] as number;
  }
  const values = new BigInt64Array(lanes.buffer);
  drops.forEach((drop, index) => {
    values[lineOf.length + index] = drop.loadId;
  });
  return { form: 'plain', values, present: null };
}

/** Times fit into 53 bits, so their two words are taken without making a bigint of each. */
function timeColumn({ draft, lineOf, count }: Rows): PlainColumn {
  const lanes = new Int32Array(count * 2);
  const present = new Uint8Array(count);
  for (let row = 0; row < lineOf.length; row++) {
    const ms = draft.ms[lineOf[row] as number] as number;
    lanes[row * 2] = ms | 0;
    lanes[row * 2 + 1] = Math.floor(ms / 2 ** 32);
    present[row] = 1;
  }
  return { form: 'plain', values: new BigInt64Array(lanes.buffer), present };
}

function linesColumn({ lineOf, drops, count }: Rows): PlainColumn {
  const values = new Int32Array(count).fill(1);
  drops.forEach((drop, index) => {
    values[lineOf.length + index] = drop.lines;
  });
  return { form: 'plain', values, present: null };
}

/** Whether the edge knew the campaign; it does not know when it could not read its store, or wrote nothing. */
function registeredColumn({ draft, lineOf, count }: Rows): PlainColumn {
  const values = new Uint8Array(count);
  const present = new Uint8Array(count);
  const mode = draft.texts.get('mode');
  for (let row = 0; row < lineOf.length; row++) {
    const line = lineOf[row] as number;
    if (draft.hidden[line] === 1) continue;
    const named = draft.settings.import !== undefined || (mode !== undefined && valueAt(mode, line) !== null);
    values[row] = named ? 1 : 0;
    present[row] = named || knows(draft, line) ? 1 : 0;
  }
  return { form: 'plain', values, present };
}

const knows = (draft: Draft, line: number): boolean =>
  draft.recorded[line] === 1 && !(valueAt(draft.notes, line) ?? '').includes('nostore');

function sameColumn(
  rows: number,
  values: readonly string[] | Int32Array,
  filled: number = rows,
): DictionaryColumn {
  return { form: 'dictionary', values, ids: new Int32Array(rows).fill(-1, filled) };
}
