const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const SLOTS = 64;
const MIX = 0x85ebca77;

/** Names to look for in `name=value&...`, each with the number of its place in the result. */
export class PairNames {
  readonly #names: (Uint8Array | undefined)[] = new Array(SLOTS);
  readonly #places = new Int32Array(SLOTS).fill(-1);

  constructor(places: ReadonlyMap<string, number>) {
    for (const [name, place] of places) {
      const bytes = Buffer.from(name);
      let slot = hashOf(bytes) & (SLOTS - 1);
      while (this.#names[slot] !== undefined) slot = (slot + 1) & (SLOTS - 1);
      this.#names[slot] = bytes;
      this.#places[slot] = place;
    }
  }

  /** The place of the name at `text[start, end)` with this hash, or -1. */
  placeOf(text: Uint8Array, start: number, end: number, hash: number): number {
    for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const name = this.#names[slot];
      if (name === undefined) return -1;
      if (isAt(name, text, start, end)) return this.#places[slot] as number;
    }
  }
}

function hashOf(name: Uint8Array): number {
  return name.reduce((hash, byte) => step(hash, byte), 0);
}

/** The upper bits of a product are its best, so they are folded down into those that pick the slot. */
function step(hash: number, byte: number): number {
  const next = Math.imul(hash ^ byte, MIX);
  return next ^ (next >>> 15);
}

function isAt(name: Uint8Array, text: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at++) if (name[at] !== text[start + at]) return false;
  return true;
}

/**
 * Finds the named values of `name=value&...` in `text[start, end)`: start and end of each in `found`, both 0 where the
 * name is absent or its value empty. The first of several values counts.
 */
export function findPairs(
  text: Uint8Array,
  start: number,
  end: number,
  names: PairNames,
  found: Int32Array,
): void {
  found.fill(0);
  let hash = 0;
  let begin = start;
  for (let at = start; at < end; at++) {
    const byte = text[at] as number;
    if (byte === AMPERSAND) {
      hash = 0;
      begin = at + 1;
    } else if (byte === EQUALS) {
      const place = names.placeOf(text, begin, at, hash);
      const last = endOfValue(text, at + 1, end);
      if (place >= 0 && found[place * 2 + 1] === 0 && last > at + 1) {
        found[place * 2] = at + 1;
        found[place * 2 + 1] = last;
      }
      at = last;
      hash = 0;
      begin = last + 1;
    } else {
      hash = step(hash, byte);
    }
  }
}

function endOfValue(text: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] !== AMPERSAND) at++;
  return at;
}

/** Undoes %XX within `text[start, end)`, in place; returns the new end. Other percent signs stay. */
export function unescapeInPlace(text: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let at = start; at < end; at++, to++) {
    const code = text[at] === PERCENT && at + 2 < end ? hexPair(text, at + 1) : -1;
    text[to] = code >= 0 ? code : (text[at] as number);
    if (code >= 0) at += 2;
  }
  return to;
}

const hexPair = (text: Uint8Array, at: number): number => {
  const high = hexDigit(text[at] as number);
  const low = hexDigit(text[at + 1] as number);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
};

/** Value of a hex digit, or -1. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
