import { dayInterval, dayOf, type ZoneHistory } from '../zones.ts';
import type { Draft, Numbered } from './draft.ts';
import { valueAt } from './draft.ts';
import { hourOfName } from './time.ts';

const EPOCH = '1970-01-01';

/** Names the day of each line: the edge's own name where it wrote one, else the day of the line's time. */
export function nameDays(draft: Draft): void {
  const { lines, ms, recordDay, settings, texts } = draft;
  const days = new DayNames(settings.zones);
  const ids = new Int32Array(lines.count).fill(-1);
  for (let line = 0; line < lines.count; line++) {
    const time = ms[line] as number;
    if (Number.isNaN(time)) continue;
    const recorded = draft.drop[line] === 0 ? valueAt(recordDay, line) : null;
    ids[line] = recorded === null ? days.idOfTime(time) : days.idOf(recorded);
  }
  fillDays(ids, days.idOf(fallbackDay(draft, { ids, values: days.names })));
  texts.set('dt', { ids, values: days.names });
}

/** A line without a usable time takes the day of the file's first usable line, else of its name. */
function fallbackDay(draft: Draft, days: Numbered<string>): string {
  const first = days.ids.findIndex((id) => id >= 0);
  return days.values[days.ids[first] ?? -1] ?? dayOfName(draft.object, draft.settings.zones);
}

function dayOfName(object: string, zones: ZoneHistory): string {
  const hour = hourOfName(object);
  return hour === null ? EPOCH : dayOf(hour, zones);
}

function fillDays(ids: Int32Array, day: number): void {
  for (let line = 0; line < ids.length; line++) if (ids[line] === -1) ids[line] = day;
}

/** Numbers days; most lines lie in the same day as the one before. */
class DayNames {
  readonly names: string[] = [];
  readonly #zones: ZoneHistory;
  #from = 0;
  #until = 0;
  #id = -1;

  constructor(zones: ZoneHistory) {
    this.#zones = zones;
  }

  idOfTime(time: number): number {
    if (time >= this.#from && time < this.#until) return this.#id;
    const day = dayOf(time, this.#zones);
    const { fromMs, untilMs } = dayInterval(day, this.#zones);
    this.#id = this.idOf(day);
    this.#from = fromMs;
    this.#until = untilMs;
    return this.#id;
  }

  idOf(day: string): number {
    const known = this.names.indexOf(day);
    return known >= 0 ? known : this.names.push(day) - 1;
  }
}
