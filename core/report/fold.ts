/**
 * Small numbers: protects against looking at individuals by accident, in whatever is meant for people. It is no formal
 * privacy guarantee. Counts of automated loads are not folded.
 */
import type { Range } from './format.ts';

export interface Folded<Cell> {
  /** Cells that may be told, largest first. */
  readonly shown: readonly Cell[];
  /** Cells that are named without a figure. */
  readonly folded: readonly Cell[];
}

/**
 * Folds every cell whose at most is below k, and the next smallest ones until the folded together reach k.
 * What is left over when the shown are taken from the whole is therefore never a figure below k.
 */
export function foldSmall<Cell>(
  cells: readonly Cell[],
  atMost: (cell: Cell) => number,
  smallNumber: number,
): Folded<Cell> {
  const sorted = [...cells].sort((a, b) => atMost(b) - atMost(a));
  let kept = sorted.findIndex((cell) => atMost(cell) < smallNumber);
  if (kept === -1) return { shown: sorted, folded: [] };
  const together = (from: number) => sorted.slice(from).reduce((sum, cell) => sum + atMost(cell), 0);
  while (kept > 0 && together(kept) < smallNumber) kept -= 1;
  return { shown: sorted.slice(0, kept), folded: sorted.slice(kept) };
}

/**
 * Folds the cells of a time axis in place: below k becomes null ("<10"), and the next smallest with it if it would be
 * the only one, since the whole would give it away.
 */
export function foldDays<Cell extends Range>(
  cells: readonly Cell[],
  smallNumber: number,
): readonly (Cell | null)[] {
  const small = cells.filter((cell) => cell.atMost < smallNumber);
  if (small.length === 0) return cells;
  const hidden = new Set<Cell>(small);
  if (small.length === 1) {
    const next = cells.filter((cell) => !hidden.has(cell)).sort((a, b) => a.atMost - b.atMost)[0];
    if (next !== undefined) hidden.add(next);
  }
  return cells.map((cell) => (hidden.has(cell) ? null : cell));
}

/** The cell itself, or null when its at most is below k. */
export const foldOne = (range: Range, smallNumber: number): Range | null =>
  range.atMost < smallNumber ? null : range;

/** Ranges of disjoint counts added up. */
export const sumRanges = (ranges: readonly Range[]): Range => ({
  atLeast: ranges.reduce((sum, range) => sum + range.atLeast, 0),
  atMost: ranges.reduce((sum, range) => sum + range.atMost, 0),
});

/** A count of its own, or null when it is small; none at all tells of nobody. */
export const foldCount = (count: number, smallNumber: number): number | null =>
  count > 0 && count < smallNumber ? null : count;
