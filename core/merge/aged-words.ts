import type { Aged } from './aging.ts';

/** What people are told of old rows; nothing where nothing happened. */
export function agedLines({ sealed, sealedLives, aged, expired }: Aged, tooOld: number): readonly string[] {
  return [
    ...(sealed.length > 0
      ? [`sealed ${spanOf(sealed)}: their hashes are numbers now, every count stays`]
      : []),
    ...(sealedLives.length > 0 ? [`sealed the copies of ${sealedLives.join(', ')}`] : []),
    ...(aged.length > 0 ? [`took the user agents out of ${spanOf(aged)} (retention.userAgentDays)`] : []),
    ...expired.map(({ table, rows, days }) =>
      days.length > 0
        ? `expired: ${rows} rows of ${table}, ${days.join(' to ')} (${KEPT_BY[table] ?? 'retention.countYears'})`
        : `expired: the counts of ${rows} campaigns in ${table} (retention.countYears)`,
    ),
    ...(tooOld > 0 ? [`left out ${tooOld} rows of days that have expired (retention.eventMonths)`] : []),
  ];
}

const KEPT_BY: Readonly<Record<string, string>> = { events: 'retention.eventMonths' };

const spanOf = (days: readonly string[]): string =>
  days.length === 1 ? `${days[0]}` : `${days.length} days, ${days[0]} to ${days.at(-1)}`;
