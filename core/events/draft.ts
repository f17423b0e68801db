import { DROP_CODE, type DropReason } from '../drops.ts';
import type { IngestSettings } from '../ingest-settings.ts';
import { FIELD, type LogField } from '../log/format.ts';
import type { Lines } from '../log/lines.ts';
import { DayFinder } from './day.ts';
import { Dictionary } from './dictionary.ts';
import { Repeats } from './identity.ts';
import { type Dictionaries, type Memory, memoryOf } from './memory.ts';
import { PARAMS } from './param-forms.ts';
import { Inputs } from './verdicts.ts';

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
export type Columns = { readonly [Name in keyof Named]: Numbered<Named[Name]> };

/** What the steps know so far about the lines of one log. Each step fills its columns or drops lines. */
export interface Draft {
  readonly object: string;
  readonly lines: Lines;
  readonly settings: IngestSettings;
  readonly memory: Memory;
  readonly repeats: Repeats;
  readonly days: DayFinder;
  /** Two words of a load id for each line. */
  readonly loadIds: Int32Array<ArrayBuffer>;
  /** Code of the reason why a line is no load; 0 is a load. */
  readonly drop: Uint8Array;
  /** Milliseconds since 1970 UTC; NaN where a line has no possible time. */
  readonly ms: Float64Array;
  /** 1 where an opt-out or a campaign switched off leaves nothing but the count. */
  readonly hidden: Uint8Array;
  /** 1 where the edge wrote a record. */
  readonly recorded: Uint8Array;
  readonly columns: Columns;
  readonly visitor: Words;
  readonly network: Words;
  readonly message: Words;
  /** Whether a campaign is admitted, by its number: asked once for each log. */
  readonly admitted: Map<number, boolean>;
  readonly inputs: Inputs;
  /** Number of its input for each load that was classified. */
  readonly inputIds: Int32Array;
  /** Number of its outcome for each load. */
  readonly outcomeIds: Int32Array;
}

/** What is known before the first step: nothing but the lines. */
export function newDraft(object: string, lines: Lines, settings: IngestSettings): Draft {
  const { count } = lines;
  const memory = memoryOf(settings);
  // Recipients differ from log to log, so they are not remembered.
  const named: Named = { ...memory.dictionaries, recipient: new Dictionary(PARAMS.recipient) };
  const columns = Object.fromEntries(
    Object.entries(named).map(([name, dictionary]) => [name, { ids: noIds(count), dictionary }]),
  ) as unknown as Columns;
  return {
    object,
    lines,
    settings,
    memory,
    repeats: new Repeats(),
    days: new DayFinder(settings.zones),
    loadIds: new Int32Array(count * 2),
    drop: new Uint8Array(count),
    ms: new Float64Array(count).fill(Number.NaN),
    hidden: new Uint8Array(count),
    recorded: new Uint8Array(count),
    columns,
    visitor: emptyWords(count),
    network: emptyWords(count),
    message: emptyWords(count),
    admitted: new Map(),
    inputs: new Inputs(columns, settings.classifier, memory),
    inputIds: noIds(count),
    outcomeIds: noIds(count),
  };
}

const noIds = (count: number): Int32Array => new Int32Array(count).fill(-1);

const emptyWords = (count: number): Words => ({
  lanes: new Int32Array(count * 2),
  present: new Uint8Array(count),
});

/** Drops a line for the first reason that holds. */
export function dropLine(draft: Draft, line: number, reason: DropReason): void {
  if (draft.drop[line] === 0) draft.drop[line] = DROP_CODE[reason];
}

/** Start and end of one field in each line, equal where a line has no value; empty when the log lacks the field. */
export const spansOf = ({ spans }: Lines, field: LogField): Int32Array => spans[FIELD[field]] as Int32Array;

/** Numbers one field over the lines `[from, until)` that are still loads. */
export function readField(
  { columns, drop, lines }: Draft,
  field: LogField,
  name: keyof Columns,
  from: number,
  until: number,
): void {
  const spans = spansOf(lines, field);
  if (spans.length === 0) return;
  const { ids, dictionary } = columns[name];
  for (let line = from; line < until; line++) {
    const start = spans[line * 2] as number;
    const end = spans[line * 2 + 1] as number;
    if (end > start && drop[line] === 0) ids[line] = dictionary.numberAt(lines.view, start, end);
  }
}

/** The value of one line, or null. */
export const valueAt = <T extends string | number>(
  { ids, dictionary }: { readonly ids: Int32Array; readonly dictionary: Dictionary<T> },
  line: number,
): T | null => dictionary.values.list[ids[line] ?? -1] ?? null;
