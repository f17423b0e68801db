/** What `clearpixel verify` says: one line, and a table of what does not agree. */
import { counted, listed } from '../report/format.ts';
import { tableLines } from '../table-lines.ts';
import type { Terminal } from '../terminal.ts';
import type { Disagreement } from './disagreement.ts';
import type { Verified } from './verify.ts';

/** Lines of the table that people get; --json has them all. */
const MOST_LINES = 50;

/** Tells it, and answers whether all agree. */
export function tellVerified(verified: Verified, terminal: Terminal): boolean {
  const { disagreements } = verified;
  const agree = disagreements.length === 0;
  if (terminal.json) {
    terminal.print(JSON.stringify({ agree, ...verified }));
    return agree;
  }
  terminal.print(summary(verified));
  if (agree) return true;
  const shown = disagreements.slice(0, MOST_LINES).map(cellsOf);
  for (const line of tableLines([['place', 'day', 'expected', 'got', 'of'], ...shown])) terminal.print(line);
  if (disagreements.length > MOST_LINES)
    terminal.print(`and ${disagreements.length - MOST_LINES} more: --json has all`);
  return false;
}

/** All of it in one line. */
export function summary(verified: Verified): string {
  const { days, lines, logs, fresh, disagreements } = verified;
  const between = [...new Set([days[0], days.at(-1)])].join(' to ');
  const looked =
    `${counted(days.length, 'day')}${days.length === 0 ? '' : ` (${between})`} with ${counted(lines, 'line')}, ` +
    `${counted(logs, 'log object')}, ${counted(fresh, 'fresh file')} waiting${asides(verified)}`;
  return `${disagreements.length === 0 ? 'all agree' : wrong(disagreements)}: ${looked}`;
}

function asides({ countedOnly, arriving, quarantined }: Verified): string {
  const said = [
    countedOnly > 0 && `${counted(countedOnly, 'day')} of which only counts are left`,
    arriving > 0 && `${counted(arriving, 'log object')} so young that they may be on their way`,
    quarantined > 0 && `${quarantined} in quarantine`,
  ].filter((text) => text !== false);
  return said.length === 0 ? '' : `; ${said.join(', ')}`;
}

function wrong(disagreements: readonly Disagreement[]): string {
  const places = Object.entries(Object.groupBy(disagreements, ({ place }) => place));
  return `not all agree, ${listed(places.map(([place, some = []]) => `${some.length} in ${place}`))}`;
}

const cellsOf = ({ place, day, of, expected, got }: Disagreement): readonly string[] => [
  place,
  day ?? '-',
  expected,
  got,
  of || '-',
];
