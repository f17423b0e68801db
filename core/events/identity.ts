import { hashRange } from '../hash.ts';
import { hashAll } from '../kernel/kernel.ts';
import { type Draft, spansOf } from './draft.ts';

/**
 * Gives each line its load id: hash of CloudFront's request id; where a log has none, and in imports, whose old logs
 * repeat ids, of the whole line and its ordinal among identical lines of its file. Comes first: later steps may
 * unescape the text in place.
 */
export function nameLoads(draft: Draft): void {
  const { lines, settings, loadIds } = draft;
  const ids = spansOf(lines, 'x-edge-request-id');
  const named = settings.import === undefined && ids.length > 0;
  hashAll(named ? ids : lines.edges, loadIds, lines.count);
  for (let line = 0; line < lines.count; line++) {
    if (named && (ids[line * 2 + 1] as number) > (ids[line * 2] as number)) continue;
    if (named) hashLine(draft, line, 0);
    const ordinal = draft.repeats.next(loadIds[line * 2] as number, loadIds[line * 2 + 1] as number);
    if (ordinal > 0) hashLine(draft, line, ordinal);
  }
}

function hashLine({ lines, loadIds }: Draft, line: number, ordinal: number): void {
  const { edges, view } = lines;
  hashRange(view, edges[line * 2] as number, edges[line * 2 + 1] as number, loadIds, line * 2, ordinal);
}

/** Counts equal 64-bit hashes. */
export class Repeats {
  #lows = new Int32Array(4096);
  #highs = new Int32Array(4096);
  #counts = new Int32Array(4096);
  #size = 0;

  /** How often this hash came before. */
  next(low: number, high: number): number {
    if (this.#size * 2 > this.#counts.length) this.#grow();
    const slot = this.#slotOf(low, high);
    const before = this.#counts[slot] as number;
    if (before === 0) this.#size++;
    this.#lows[slot] = low;
    this.#highs[slot] = high;
    this.#counts[slot] = before + 1;
    return before;
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#counts.length - 1;
    let slot = low & mask;
    while (this.#counts[slot] !== 0 && (this.#lows[slot] !== low || this.#highs[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [lows, highs, counts] = [this.#lows, this.#highs, this.#counts];
    this.#lows = new Int32Array(lows.length * 4);
    this.#highs = new Int32Array(lows.length * 4);
    this.#counts = new Int32Array(lows.length * 4);
    counts.forEach((count, index) => {
      if (count === 0) return;
      const slot = this.#slotOf(lows[index] as number, highs[index] as number);
      this.#lows[slot] = lows[index] as number;
      this.#highs[slot] = highs[index] as number;
      this.#counts[slot] = count;
    });
  }
}
