import { addDays, FIRST_DAY, LAST_DAY } from '../day.ts';
import { writeList } from '../merge/sql-lists.ts';

/** One entry of the config's `thresholds`. */
export interface Threshold {
  readonly from: string;
  readonly smallNumber: number;
  readonly burstMessages: number;
}

/** A row of the view `settings`: numbers that operators set, and the days they hold for. */
export interface SettingsRow {
  readonly fromDay: string;
  readonly untilDay: string;
  readonly smallNumber: number;
  readonly burstMessages: number;
}

/**
 * Days each entry holds for, so that a late line does not recount an old day under new numbers. They cover every day
 * once: the first entry holds for all days before it too.
 */
export function settingsRows(thresholds: readonly Threshold[]): readonly SettingsRow[] {
  const sorted = [...thresholds].sort((a, b) => (a.from < b.from ? -1 : 1));
  refuseSameDay(sorted);
  return sorted.map(({ from, smallNumber, burstMessages }, index) => {
    const next = sorted[index + 1];
    return {
      fromDay: index === 0 ? FIRST_DAY : from,
      untilDay: next === undefined ? LAST_DAY : addDays(next.from, -1),
      smallNumber,
      burstMessages,
    };
  });
}

function refuseSameDay(sorted: readonly Threshold[]): void {
  const twice = sorted.find(({ from }, index) => from === sorted[index + 1]?.from);
  if (twice === undefined) return;
  throw new Error(`thresholds name each day once, got ${twice.from} twice: join the two entries`);
}

/** The small number that holds on a day. */
export function smallNumberOn(day: string, thresholds: readonly Threshold[]): number {
  const row = settingsRows(thresholds).find(({ fromDay, untilDay }) => fromDay <= day && day <= untilDay);
  if (row === undefined) throw new Error(`no threshold holds on ${day}: the config has at least one`);
  return row.smallNumber;
}

/** Text of the view `settings`. */
export function settingsView(thresholds: readonly Threshold[]): string {
  return `select
  cast(from_day as varchar) as from_day,
  cast(until_day as varchar) as until_day,
  cast(small_number as integer) as small_number,
  cast(burst_messages as integer) as burst_messages
from (
  values
    ${settingsRows(thresholds).map(writeRow).join(',\n    ')}
) as numbers (from_day, until_day, small_number, burst_messages)
`;
}

function writeRow({ fromDay, untilDay, smallNumber, burstMessages }: SettingsRow): string {
  const days = writeList('days', [fromDay, untilDay]);
  return `(${days}, ${writeList('ids', [String(smallNumber), String(burstMessages)])})`;
}
