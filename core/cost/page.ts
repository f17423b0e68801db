/** The tables of docs/cost.md and of `clearpixel cost`. */

import { type Cost, monthlyCost, totalOf } from './estimate.ts';
import type { Trust } from './prices.ts';

/** Millions of loads a month. */
const VOLUMES = [0, 1, 10, 100, 1000];

const TRUST: Readonly<Record<Trust, string>> = {
  read: 'read',
  quoted: 'quoted by others',
  remembered: 'not confirmed',
};

/** Dollars as people read them: cents, and less where it would else be nothing. */
export const dollars = (usd: number): string => {
  if (usd === 0) return '-';
  if (usd < 0.0001) return '< $0.0001';
  if (usd < 0.01) return `$${usd.toFixed(4)}`;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
};

/** Units of which one counts pieces. */
const COUNTED = new Set(['alarm', 'dashboard', 'key', 'metric']);

const table = (...rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `| ${row.join(' | ')} |`).join('\n');

export function costTables(cost: Cost): string {
  return [itemTable(cost), monthTable(cost)].join('\n\n');
}

function itemTable(cost: Cost): string {
  return table(
    ['item', 'per million loads', 'per month', 'price', 'free a month', 'price from'],
    ['---', '---:', '---:', '---', '---:', '---'],
    ...cost.lines.map(({ item, perMillion, fixed, usd, unit, free, source, seen, trust }) => [
      item,
      dollars(perMillion),
      dollars(fixed),
      usd === 0 ? 'free' : `$${usd} per ${unit}`,
      free === 0 ? '-' : `${free.toLocaleString('en-US')} ${COUNTED.has(unit) ? `${unit}s` : unit}`,
      `${source}${seen === '' ? '' : `, ${seen}`} (${TRUST[trust]})`,
    ]),
    [
      '**together**',
      `**${dollars(totalOf(cost, 'perMillion'))}**`,
      `**${dollars(totalOf(cost, 'fixed'))}**`,
      '',
      '',
      '',
    ],
  );
}

function monthTable(cost: Cost): string {
  const month = (withFree: boolean): readonly string[] =>
    VOLUMES.map((millions) => dollars(monthlyCost(cost, millions, withFree)));
  return table(
    [
      'loads a month',
      ...VOLUMES.map((millions) => (millions === 0 ? 'none' : `${millions.toLocaleString('en-US')} million`)),
    ],
    ['---', ...VOLUMES.map(() => '---:')],
    ['free tier spent by others', ...month(false)],
    ['free tier all yours', ...month(true)],
  );
}
