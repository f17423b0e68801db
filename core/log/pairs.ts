const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
/** Pairs of a text whose name is guessed from the text before; a power of two. */
const GUESSES = 32;

/** Finds the values of known names in `name=value&...`. */
export class PairFinder {
  /** Start and end of the value of each name, both 0 where the name is absent or its value empty. */
  readonly found: Int32Array;
  /** Names with the equals sign behind them. */
  readonly #names: readonly Uint8Array[];
  /** Number of each pair's name in the text before: the same software writes its names in the same order. */
  readonly #guesses = new Int32Array(GUESSES);

  constructor(names: readonly string[]) {
    this.#names = names.map((name) => Buffer.from(`${name}=`));
    this.found = new Int32Array(names.length * 2);
  }

  /** Looks through `text[start, end)`; the first of several values of a name counts. */
  find(text: Uint8Array, view: DataView, start: number, end: number): void {
    const { found } = this;
    found.fill(0);
    for (let at = start, pair = 0; at < end; pair++) {
      const guess = this.#guesses[pair & (GUESSES - 1)] as number;
      let place = guess;
      let begin = at + (this.#names[guess] as Uint8Array).length;
      if (!this.#isAt(guess, text, at, end)) {
        begin = endOfName(text, at, end);
        place = this.#placeOf(text, at, begin, end);
        if (place >= 0) this.#guesses[pair & (GUESSES - 1)] = place;
      }
      const last = nextAmpersand(text, view, begin, end);
      if (place >= 0 && last > begin && found[place * 2 + 1] === 0) {
        found[place * 2] = begin;
        found[place * 2 + 1] = last;
      }
      at = last + 1;
    }
  }

  #placeOf(text: Uint8Array, start: number, begin: number, end: number): number {
    return this.#names.findIndex(
      ({ length }, place) => length === begin - start && this.#isAt(place, text, start, end),
    );
  }

  #isAt(place: number, text: Uint8Array, start: number, end: number): boolean {
    const name = this.#names[place] as Uint8Array;
    if (start + name.length > end) return false;
    for (let at = 0; at < name.length; at++) if (name[at] !== text[start + at]) return false;
    return true;
  }
}

/** Where the value of a pair begins: behind its equals sign; at the pair's end when it has none. */
function endOfName(text: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] !== AMPERSAND && text[at] !== EQUALS) at++;
  return at < end && text[at] === EQUALS ? at + 1 : at;
}

/** Where the next `&` is, or the end. Four bytes at a time: subtracting 1 borrows into the top bit of a byte of zero. */
function nextAmpersand(text: Uint8Array, view: DataView, start: number, end: number): number {
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = view.getInt32(at, true) ^ 0x26262626;
    if (((word - 0x01010101) & ~word & 0x80808080) !== 0) break;
  }
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
  const high = HEX[text[at] as number] as number;
  const low = HEX[text[at + 1] as number] as number;
  return high < 0 || low < 0 ? -1 : high * 16 + low;
};

/** Value of each character as a hex digit, or -1. */
export const HEX = Int8Array.from({ length: 256 }, (_, code) =>
  '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()),
);
