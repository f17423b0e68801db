import { counted } from '../report/format.ts';
import type { Row, Value } from '../warehouse.ts';

/** Two places that say something else of the same thing. */
export interface Disagreement {
  /** Where it is wrong. */
  readonly place: 'logs' | 'fresh' | 'events' | 'daily' | 'hourly' | 'copies';
  /** Null where it is of no one day. */
  readonly day: string | null;
  readonly of: string;
  readonly expected: string;
  readonly got: string;
}

const NOW = '_now';

/** Of a row that a count would write: see would-write.ts. */
export function ofCount(place: Disagreement['place'], row: Row): Disagreement {
  const figures = Object.keys(row)
    .filter((name) => name.endsWith(NOW))
    .map((name) => name.slice(0, -NOW.length));
  const differing = figures.filter((name) => row[name] !== row[name + NOW]);
  const isThere = figures.some((name) => row[name + NOW] !== null);
  const told = (suffix: string): string =>
    differing.map((name) => `${name} ${row[name + suffix]}`).join(', ');
  const keys = Object.entries(row).filter(
    ([name]) => name !== 'dt' && !name.endsWith(NOW) && !figures.includes(name),
  );
  return {
    place,
    day: typeof row['dt'] === 'string' ? row['dt'] : null,
    of: keys
      .map(([name, value]) => keyText(name, value))
      .filter((text) => text !== '')
      .join(' '),
    expected: told(''),
    got: isThere ? told(NOW) : 'no row',
  };
}

function keyText(name: string, value: Value): string {
  if (name === 'hour_ms') return `${new Date(Number(value)).toISOString().slice(0, 13)}h`;
  return typeof value === 'string' ? value : '';
}

/** Of an answer of sql/verify/doubled.sql. */
export const ofDoubled = (row: Row): Disagreement => ({
  place: 'events',
  day: String(row['dt']),
  of: counted(Number(row['load_ids']), 'load id'),
  expected: 'a row each',
  got: `${row['row_count']} rows`,
});

/** By day, then by what they are of: engines give rows in any order. */
export const inOrder = (found: readonly Disagreement[]): readonly Disagreement[] =>
  found.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const keyOf = ({ day, of }: Disagreement): string => `${day ?? ''} ${of}`;
