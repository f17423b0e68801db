import { DROP_CODE, DROP_REASONS, type DropReason } from '../drops.ts';
import { hash64 } from '../hash.ts';
import type { Draft } from './draft.ts';

/** The lines of one day that are no loads for one reason: one row. */
export interface DropRow {
  readonly day: string;
  readonly reason: DropReason;
  readonly lines: number;
  /** A replay by a newer parser brings new drop rows, and only the newest parser's count. */
  readonly loadId: bigint;
}

/** Counts the dropped lines of a log by day and reason. */
export class DropCounts {
  /** For each reason the lines of each day, '' for lines of which none is known. */
  readonly #days: ReadonlyMap<DropReason, Map<string, number>> = new Map(
    DROP_REASONS.map((reason) => [reason, new Map<string, number>()]),
  );
  #first: string | null = null;

  add({ columns, drop, lines }: Draft): void {
    const { ids, dictionary } = columns.dt;
    this.#first ??= dictionary.values.list[ids.find((id) => id >= 0) ?? -1] ?? null;
    for (let line = 0; line < lines.count; line++) {
      if (drop[line] === 0) continue;
      const days = this.#days.get(reasonOf(drop[line] as number)) as Map<string, number>;
      const day = dictionary.values.list[ids[line] as number] ?? '';
      days.set(day, (days.get(day) ?? 0) + 1);
    }
  }

  /** How many lines were dropped for each reason that held. */
  get byReason(): Readonly<Partial<Record<DropReason, number>>> {
    const counts = [...this.#days].map(([reason, days]) => [reason, sum(days.values())] as const);
    return Object.fromEntries(counts.filter(([, lines]) => lines > 0));
  }

  /** A line without a usable time takes the day of the log's first usable line, else that of its name. */
  rows(object: string, parser: number, dayOfName: () => string): readonly DropRow[] {
    return [...this.#days].flatMap(([reason, days]) => {
      const named = new Map<string, number>();
      for (const [known, lines] of days) {
        const day = known === '' ? (this.#first ?? dayOfName()) : known;
        named.set(day, (named.get(day) ?? 0) + lines);
      }
      return [...named].map(([day, lines]) => {
        const loadId = hash64(`${object}|${day}|${reason}|${parser}`);
        return { day, reason, lines, loadId };
      });
    });
  }
}

const reasonOf = (code: number): DropReason =>
  DROP_REASONS.find((reason) => DROP_CODE[reason] === code) as DropReason;

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
