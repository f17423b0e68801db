import { dayInterval, dayOf, type ZoneHistory } from '../zones.ts';
import type { Draft } from './draft.ts';
import { hourOfName } from './time.ts';

const EPOCH = '1970-01-01';

/** Names the day of each line: the edge's own name, which is there where it wrote one, else the day of the line's time. */
export function nameDays({ columns, days, lines, ms }: Draft): void {
  const { ids, dictionary } = columns.dt;
  for (let line = 0; line < lines.count; line++) {
    if (ids[line] === -1 && !Number.isNaN(ms[line])) {
      ids[line] = days.numberOf(ms[line] as number, dictionary.values);
    }
  }
}

/** The day in a log object's name: that of lines without a usable time in a file that has no usable line. */
export function dayOfName(object: string, zones: ZoneHistory): string {
  const hour = hourOfName(object);
  return hour === null ? EPOCH : dayOf(hour, zones);
}

/** Finds days of instants; most lines lie in the same day as the one before. */
export class DayFinder {
  readonly #zones: ZoneHistory;
  #from = 0;
  #until = 0;
  #number = -1;

  constructor(zones: ZoneHistory) {
    this.#zones = zones;
  }

  numberOf(time: number, names: { numberOf(day: string): number }): number {
    if (time >= this.#from && time < this.#until) return this.#number;
    const day = dayOf(time, this.#zones);
    const { fromMs, untilMs } = dayInterval(day, this.#zones);
    this.#number = names.numberOf(day);
    this.#from = fromMs;
    this.#until = untilMs;
    return this.#number;
  }
}
