/** What a person is told once a token is forgotten. */
import { FIRST_DAY, LAST_DAY } from '../day.ts';

export interface Erasure {
  readonly token: string;
  /** Loads that had it, and the days of them. */
  readonly loads: number;
  readonly days: readonly string[];
  /** Loads that still have it: none, or the erasure failed. */
  readonly left: number;
}

/** The select that finds nothing any more. A token is of an alphabet that ends no literal. */
export const proofOf = (token: string): string =>
  `select count(*) as loads from events where dt between '${FIRST_DAY}' and '${LAST_DAY}' and recipient = '${token}'`;

/** Sentences for a terminal; `remains` says where a token still is, and until when. */
export function erasureLines(erasure: Erasure, remains: readonly string[]): readonly string[] {
  const { days, loads, token } = erasure;
  const between = days.length === 0 ? '' : ` (${days[0]} to ${days.at(-1)})`;
  return [
    loads === 0
      ? 'no load had this token; those that come with it lose it from now on'
      : `${loads} loads on ${days.length} days${between} lost this token and every hash beside it; they still count as loads`,
    `${proofOf(token)}: ${erasure.left}`,
    ...remains.map((where) => `remains: ${where}`),
  ];
}
