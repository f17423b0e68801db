import { DROP_CODE, type DropReason } from '../drops.ts';
import type { IngestSettings } from '../ingest-settings.ts';
import { idsAt, lanesAt, marksAt } from '../kernel/kernel.ts';
import type { LineBlock } from '../log/block.ts';
import { FIELD, type LogField } from '../log/format.ts';
import { DayFinder } from './day.ts';
import { Dictionary } from './dictionary.ts';
import { evidenceColumns } from './evidence.ts';
import type { Repeats } from './identity.ts';
import { ImportHasher } from './import-hash.ts';
import type { Dictionaries, Memory } from './memory.ts';
import { PARAMS } from './param-forms.ts';
import { type ParamColumns, paramColumns } from './params.ts';

/** One value for each line by its number; -1 is none. */
export interface Numbered<D extends Dictionary<string> | Dictionary<number>> {
  readonly ids: Int32Array;
  readonly dictionary: D;
}

/** A 64-bit number for each line: two words a line, and whether there is one. */
export interface Words {
  readonly lanes: Int32Array<ArrayBuffer>;
  readonly present: Uint8Array;
}

type Named = Dictionaries & { readonly recipient: Dictionary<string> };
/** A column among others of its sort. */
export type AnyColumn = Columns[keyof Columns];
export type Columns = { readonly [Name in keyof Named]: Numbered<Named[Name]> };

/** What the steps know so far about the lines of one block. Each step fills its columns or drops lines. */
export interface Draft {
  readonly object: string;
  readonly lines: LineBlock;
  readonly settings: IngestSettings;
  readonly memory: Memory;
  readonly repeats: Repeats;
  readonly days: DayFinder;
  readonly hasher: ImportHasher | null;
  /** Two words of a load id for each line. */
  readonly loadIds: Int32Array<ArrayBuffer>;
  /** Code of the reason why a line is no load; 0 is a load. */
  readonly drop: Uint8Array;
  /** Marks for the use of one step. */
  readonly skip: Uint8Array;
  /** Milliseconds since 1970 UTC; NaN where a line has no possible time. */
  readonly ms: Float64Array;
  /** 1 where an opt-out or a campaign switched off leaves nothing but the count. */
  readonly hidden: Uint8Array;
  /** 1 where the edge wrote a record. */
  readonly recorded: Uint8Array;
  readonly columns: Columns;
  /** The same columns in the order in which parameters and evidence are read. */
  readonly params: ParamColumns;
  readonly evidence: readonly AnyColumn[];
  readonly visitor: Words;
  readonly network: Words;
  readonly message: Words;
  /** Hash of what stage A may look at, where the rules decided. */
  readonly input: Words;
  /** Whether a campaign is admitted, by its number: asked once for each log. */
  readonly admitted: Map<number, boolean>;
  /** Number of its outcome for each load. */
  readonly outcomeIds: Int32Array;
}

/** What is known of a log before its first line. */
export function newDraft(
  object: string,
  lines: LineBlock,
  settings: IngestSettings,
  memory: Memory,
  repeats: Repeats,
): Draft {
  const { size } = lines;
  // Recipients differ from log to log, so they are not remembered.
  const named: Named = { ...memory.dictionaries, recipient: new Dictionary(PARAMS.recipient) };
  const columns = Object.fromEntries(
    Object.entries(named).map(([name, dictionary], index) => [name, { ids: idsAt(index), dictionary }]),
  ) as unknown as Columns;
  return {
    object,
    lines,
    settings,
    memory,
    repeats,
    days: new DayFinder(settings.zones),
    hasher: settings.import === undefined ? null : new ImportHasher(settings.import.secret),
    loadIds: lanesAt(0),
    drop: marksAt(1),
    skip: marksAt(2),
    ms: new Float64Array(size),
    hidden: new Uint8Array(size),
    recorded: new Uint8Array(size),
    columns,
    params: paramColumns(columns),
    evidence: evidenceColumns(columns),
    visitor: kernelWords(0),
    network: kernelWords(1),
    message: kernelWords(2),
    input: emptyWords(size),
    admitted: new Map(),
    outcomeIds: new Int32Array(size),
  };
}

const emptyWords = (size: number): Words => ({
  lanes: new Int32Array(size * 2),
  present: new Uint8Array(size),
});

const kernelWords = (index: number): Words => ({ lanes: lanesAt(1 + index), present: marksAt(3 + index) });

/** Forgets the lines of the block before. */
export function clearDraft(draft: Draft): void {
  for (const { ids } of Object.values(draft.columns)) ids.fill(-1);
  for (const { present } of [draft.visitor, draft.network, draft.message, draft.input]) present.fill(0);
  draft.drop.fill(0);
  draft.ms.fill(Number.NaN);
  draft.hidden.fill(0);
  draft.recorded.fill(0);
}

/** Drops a line for the first reason that holds. */
export function dropLine(draft: Draft, line: number, reason: DropReason): void {
  if (draft.drop[line] === 0) draft.drop[line] = DROP_CODE[reason];
}

/** Start and end of one field in each line, equal where a line has no value; empty when the log lacks the field. */
export const spansOf = ({ spans }: LineBlock, field: LogField): Int32Array =>
  spans[FIELD[field]] as Int32Array;

/** Numbers one field of the lines that are still loads. */
export function readField({ columns, drop, lines }: Draft, field: LogField, name: keyof Columns): void {
  const spans = spansOf(lines, field);
  const { ids, dictionary } = columns[name];
  if (spans.length > 0) dictionary.numberAll(spans, ids, drop, lines.count);
}

/** The value of one line, or null. */
export const valueAt = <T extends string | number>(
  { ids, dictionary }: { readonly ids: Int32Array; readonly dictionary: Dictionary<T> },
  line: number,
): T | null => dictionary.values.list[ids[line] ?? -1] ?? null;
