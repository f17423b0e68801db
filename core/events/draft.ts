import type { EventColumnName } from '../batch.ts';
import { DROP_CODE, type DropReason } from '../drops.ts';
import type { IngestSettings } from '../ingest-settings.ts';
import { FIELD, type LogField } from '../log/format.ts';
import type { Lines } from '../log/lines.ts';
import { ByteTable } from './byte-table.ts';

/** One value for each line by its number; -1 is none. Equal values share a number, so each is read only once. */
export interface Numbered<T> {
  readonly ids: Int32Array;
  readonly values: readonly T[];
}

/** A 64-bit number for each line: two words a line, and whether there is one. */
export interface Words {
  readonly lanes: Int32Array<ArrayBuffer>;
  readonly present: Uint8Array;
}

/** What the steps know so far about the lines of one log. Each step fills its columns or drops lines. */
export interface Draft {
  readonly object: string;
  readonly lines: Lines;
  readonly settings: IngestSettings;
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
  readonly texts: Map<EventColumnName, Numbered<string | null>>;
  readonly numbers: Map<EventColumnName, Numbered<number | null>>;
  readonly words: Map<EventColumnName, Words>;
  /** What the record or the query string said beside the columns. */
  recordDay: Numbered<string | null>;
  notes: Numbered<string | null>;
  nonce: Numbered<string | null>;
  /** Hash of what stage A judged. */
  inputs: { readonly ids: Int32Array; readonly values: BigInt64Array };
}

export const NOTHING: Numbered<never> = { ids: new Int32Array(0), values: [] };

export const emptyWords = (count: number): Words => ({
  lanes: new Int32Array(count * 2),
  present: new Uint8Array(count),
});

/** Drops a line for the first reason that holds. */
export function dropLine(draft: Draft, line: number, reason: DropReason): void {
  if (draft.drop[line] === 0) draft.drop[line] = DROP_CODE[reason];
}

/** Start and end of one field in each line: a pair of zeros for a line without it. */
export function spansOf({ spans, count }: Lines, field: LogField): Int32Array {
  const found = spans[FIELD[field]];
  return found === undefined || found.length === 0 ? new Int32Array(count * 2) : found;
}

export const newTable = (lines: Lines): ByteTable => new ByteTable(lines.text, lines.view);

/** Reads each distinct value of a table once. */
export function readValues<T>(lines: Lines, table: ByteTable, read: (raw: string) => T): readonly T[] {
  return Array.from({ length: table.size }, (_, id) =>
    read(lines.text.toString('utf8', table.startOf(id), table.endOf(id))),
  );
}

/** Numbers one field over all lines that are still loads, and reads each distinct value once. */
export function readField<T>(draft: Draft, field: LogField, read: (raw: string) => T): Numbered<T> {
  const { lines, drop } = draft;
  const table = newTable(lines);
  const ids = new Int32Array(lines.count).fill(-1);
  const spans = lines.spans[FIELD[field]] ?? NOTHING.ids;
  for (let line = 0; line * 2 < spans.length && line < lines.count; line++) {
    const start = spans[line * 2] as number;
    const end = spans[line * 2 + 1] as number;
    if (end > start && drop[line] === 0) ids[line] = table.idOf(start, end);
  }
  return { ids, values: readValues(lines, table, read) };
}

/** The value of one line, or null. */
export const valueAt = <T>(column: Numbered<T>, line: number): T | null =>
  column.values[column.ids[line] ?? -1] ?? null;
