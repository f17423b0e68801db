/** How figures look everywhere a person meets them: one set of rules for page, mail and text. */

export interface Range {
  readonly atLeast: number;
  readonly atMost: number;
}

/** Narrow no-break space: between thousands, and before a percent sign. */
const THIN = '\u202f';
/** No-break space: a range is never broken across lines. */
const FIXED = '\u00a0';

/** 12400 becomes "12 400", with a narrow no-break space. */
export const formatCount = (count: number): string =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, THIN);

/** "6 120 – 9 840"; one figure where both ends agree. */
export function formatRange(range: Range): string {
  const low = formatCount(range.atLeast);
  const high = formatCount(range.atMost);
  return low === high ? low : `${low}${FIXED}–${FIXED}${high}`;
}

/** Three digits, rounded outwards: what is said as "at least" and "at most" stays true. */
export function roundRange(range: Range): Range {
  return { atLeast: toDigits(range.atLeast, Math.floor), atMost: toDigits(range.atMost, Math.ceil) };
}

function toDigits(count: number, round: (value: number) => number): number {
  const step = 10 ** Math.max(0, String(Math.round(count)).length - 3);
  return round(count / step) * step;
}

/** What changes are measured by, since neither end is the truth. */
export const middle = (range: Range): number => (range.atLeast + range.atMost) / 2;

/** 0.33 becomes "33 %"; a share that is neither none nor all never reads so. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 1) return `<1${THIN}%`;
  if (percent > 99 && percent < 100) return `>99${THIN}%`;
  return `${Math.round(percent)}${THIN}%`;
}

export interface ChangeWords {
  readonly sign: '▲' | '▼' | '=';
  readonly word: 'up' | 'down' | 'level';
  /** "8 %", ">99 %" while anything is left, or "×12" from tenfold on; empty when level. */
  readonly amount: string;
}

/** Words for a relative change: 0.08 is up 8 %. */
export function changeWords(change: number): ChangeWords {
  const percent = Math.round(Math.abs(change) * 100);
  if (percent === 0) return { sign: '=', word: 'level', amount: '' };
  const almostAll = percent === 100 && change < 0 && change > -1;
  const share = `${almostAll ? '>99' : formatCount(percent)}${THIN}%`;
  const amount = change >= 9 ? `×${formatCount(change + 1)}` : share;
  return change > 0 ? { sign: '▲', word: 'up', amount } : { sign: '▼', word: 'down', amount };
}

/** "up 8 %", for sentences and text. */
export function formatChange(change: number): string {
  const { word, amount } = changeWords(change);
  return amount === '' ? word : `${word} ${amount}`;
}

/** "fewer than 10", where a figure is too small to be told. */
export const fewerThan = (smallNumber: number): string => `fewer than ${smallNumber}`;

/** "1 load", "12 loads". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** "Slack, iMessage and Teams". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
