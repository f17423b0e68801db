const PERCENT = 0x25;

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
