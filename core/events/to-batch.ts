import type { Batch, BatchColumn, DictionaryColumn, EventColumnName, PlainColumn } from '../batch.ts';
import type { Dictionary } from './dictionary.ts';
import type { Draft, Numbered, Words } from './draft.ts';
import { countDrops, type DropRow } from './drop-rows.ts';
import { OUTCOME_COLUMNS } from './outcome.ts';

/** Number of the way lines are parsed; raise it with every change of what a line becomes. */
export const PARSER = 1;

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
  const { dt, asn, status, ...texts } = draft.columns;
  const drops = countDrops(draft, PARSER);
  const lineOf = loadLines(draft.drop);
  const rows: Rows = { draft, lineOf, drops, count: lineOf.length + drops.length };
  const columns = new Map<EventColumnName, BatchColumn>();
  for (const name of TEXT_COLUMNS) columns.set(name, textColumn(rows, name, texts[name]));
  for (const name of OUTCOME_COLUMNS) columns.set(name, outcomeColumn(rows, name));
  columns.set('dt', dayColumn(rows));
  columns.set('asn', numberColumn(rows, 'asn', asn));
  columns.set('status', numberColumn(rows, 'status', status));
  for (const name of ['visitor', 'network', 'message'] as const)
    columns.set(name, wordColumn(rows, draft[name]));
  columns.set('input_id', inputColumn(rows));
  columns.set('registered', registeredColumn(rows));
  columns.set('load_id', idColumn(rows));
  columns.set('loaded_ms', timeColumn(rows));
  columns.set('lines', linesColumn(rows));
  columns.set('parser', sameColumn(rows.count, Int32Array.of(PARSER)));
  columns.set('log_object', sameColumn(rows.count, [draft.object]));
  columns.set('ruleset', sameColumn(rows.count, [draft.settings.classifier.ruleset], lineOf.length));
  return { rows: rows.count, columns };
}

/** Columns that a draft holds as a row does. */
const TEXT_COLUMNS = [
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
] as const;

function loadLines(drop: Uint8Array): Int32Array {
  const lineOf = new Int32Array(drop.length);
  let loads = 0;
  for (let line = 0; line < drop.length; line++) if (drop[line] === 0) lineOf[loads++] = line;
  return lineOf.subarray(0, loads);
}

/** For each row the number that its line has in a column; -1 for drop rows and what is hidden. */
function gather({ draft, lineOf, count }: Rows, name: EventColumnName, ids: Int32Array): Int32Array {
  const { hidden } = draft;
  const gathered = new Int32Array(count).fill(-1, lineOf.length);
  const shown = KEPT_WHEN_HIDDEN.has(name);
  for (let row = 0; row < lineOf.length; row++) {
    const line = lineOf[row] as number;
    gathered[row] = shown || hidden[line] === 0 ? (ids[line] as number) : -1;
  }
  return gathered;
}

function textColumn(
  rows: Rows,
  name: EventColumnName,
  { ids, dictionary }: Numbered<Dictionary<string>>,
): DictionaryColumn {
  return { form: 'dictionary', values: dictionary.values.list, ids: gather(rows, name, ids) };
}

function numberColumn(
  rows: Rows,
  name: EventColumnName,
  { ids, dictionary }: Numbered<Dictionary<number>>,
): DictionaryColumn {
  const values = Int32Array.from(dictionary.values.list);
  return { form: 'dictionary', values, ids: gather(rows, name, ids) };
}

function dayColumn(rows: Rows): DictionaryColumn {
  const { ids, dictionary } = rows.draft.columns.dt;
  const gathered = gather(rows, 'dt', ids);
  rows.drops.forEach(({ day }, index) => {
    gathered[rows.lineOf.length + index] = dictionary.values.numberOf(day);
  });
  return { form: 'dictionary', values: dictionary.values.list, ids: gathered };
}

function outcomeColumn(rows: Rows, name: (typeof OUTCOME_COLUMNS)[number]): DictionaryColumn {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const { memory, outcomeIds } = rows.draft;
  const byId = memory.outcomes.list.map(({ [name]: text }) => (text === null ? -1 : numberOf(text)));
  const ids = gather(rows, name, outcomeIds);
  for (let row = 0; row < rows.lineOf.length; row++) ids[row] = byId[ids[row] as number] ?? -1;
  if (name === 'class' || name === 'reasons') {
    rows.drops.forEach(({ reason }, index) => {
      ids[rows.lineOf.length + index] = numberOf(name === 'class' ? 'dropped' : reason);
    });
  }
  return { form: 'dictionary', values: [...numbers.keys()], ids };
}

function inputColumn(rows: Rows): DictionaryColumn {
  const { inputIds, inputs } = rows.draft;
  return { form: 'dictionary', values: inputs.toBigints(), ids: gather(rows, 'input_id', inputIds) };
}

function wordColumn({ draft, lineOf, count }: Rows, words: Words): PlainColumn {
  const lanes = new Int32Array(count * 2);
  const present = new Uint8Array(count);
  for (let row = 0; row < lineOf.length; row++) {
    const line = lineOf[row] as number;
    if (words.present[line] === 0 || draft.hidden[line] === 1) continue;
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

/**
 * Whether the campaign is known: to the edge, which does not know when it could not read its store or wrote nothing; or
 * to an import.
 */
function registeredColumn({ draft, lineOf, count }: Rows): PlainColumn {
  const values = new Uint8Array(count);
  const present = new Uint8Array(count);
  const { columns, hidden, recorded, settings } = draft;
  const couldTell = columns.notes.dictionary.values.list.map((notes) => !notes.includes('nostore'));
  for (let row = 0; row < lineOf.length; row++) {
    const line = lineOf[row] as number;
    if (hidden[line] === 1) continue;
    const named = columns.mode.ids[line] !== -1;
    const read = recorded[line] === 1 && couldTell[columns.notes.ids[line] as number] !== false;
    values[row] = named ? 1 : 0;
    present[row] = named || read || settings.import !== undefined ? 1 : 0;
  }
  return { form: 'plain', values, present };
}

function sameColumn(
  rows: number,
  values: readonly string[] | Int32Array,
  filled: number = rows,
): DictionaryColumn {
  return { form: 'dictionary', values, ids: new Int32Array(rows).fill(-1, filled) };
}
