import { HEX } from '../log/escapes.ts';

const DOT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;
const PERCENT = 0x25;
const GROUPS = 8;
/** Upper bytes of a network, so that no IPv4 network equals one of IPv6. */
const V4 = 4 << 24;
const V6 = 6 << 24;

/** Groups of the address at hand. */
const groups = new Int32Array(GROUPS);

/**
 * The network of the address at `text[start, end)` as two words of `lanes`: IPv4 cut to /24, IPv6 to /48, as at the edge.
 * False when the text is no address.
 */
export function readNetwork(
  text: Uint8Array,
  start: number,
  end: number,
  lanes: Int32Array,
  at: number,
): boolean {
  const quad = readQuad(text, start, end);
  if (quad >= 0) {
    lanes[at] = quad;
    lanes[at + 1] = V4;
    return true;
  }
  if (!readGroups(text, start, end)) return false;
  const mapped = isMapped();
  lanes[at] = mapped
    ? ((groups[6] as number) << 8) | ((groups[7] as number) >> 8)
    : ((groups[1] as number) << 16) | (groups[2] as number);
  lanes[at + 1] = mapped ? V4 : V6 | (groups[0] as number);
  return true;
}

/** The first three numbers of an IPv4 address as one; -1 for what is none. */
const readQuad = (text: Uint8Array, start: number, end: number): number => {
  const address = readDotted(text, start, end);
  return address < 0 ? -1 : Math.floor(address / 256);
};

/** Four numbers of one to three digits, as a number of 32 bits; -1 for anything else. */
function readDotted(text: Uint8Array, start: number, end: number): number {
  let address = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const byte = text[at] as number;
    if (byte === DOT) {
      if (digits === 0 || ++dots > 3) return -1;
      address = address * 256 + part;
      part = 0;
      digits = 0;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9 || ++digits > 3) return -1;
    part = part * 10 + digit;
    if (part > 255) return -1;
  }
  return dots === 3 && digits > 0 ? address * 256 + part : -1;
}

/** Fills the eight groups; `::` stands for as many zeros as are missing, and a zone behind `%` says nothing. */
function readGroups(text: Uint8Array, start: number, last: number): boolean {
  const end = endOfAddress(text, start, last);
  let count = 0;
  let gap = isDoubleColon(text, start, end) ? 0 : -1;
  let at = gap === 0 ? start + 2 : start;
  while (at < end) {
    const stop = endOfGroup(text, at, end);
    const added = addGroup(text, at, stop, stop === end, count);
    if (added === 0) return false;
    count += added;
    const isGap = isDoubleColon(text, stop, end);
    if (isGap && gap >= 0) return false;
    if (isGap) gap = count;
    at = stop + (isGap ? 2 : 1);
    // A single colon must have something behind it.
    if (at === end && !isGap) return false;
  }
  return fillGap(gap, count);
}

/** Notes one group, or two for an IPv4 address at the end (::ffff:203.0.113.9); returns how many. */
function addGroup(text: Uint8Array, start: number, end: number, isLast: boolean, count: number): number {
  const group = readGroup(text, start, end);
  if (group >= 0 && count < GROUPS) {
    groups[count] = group;
    return 1;
  }
  const address = isLast && count + 2 <= GROUPS ? readDotted(text, start, end) : -1;
  if (address < 0) return 0;
  groups[count] = address >>> 16;
  groups[count + 1] = address & 0xffff;
  return 2;
}

function endOfAddress(text: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] !== PERCENT) at++;
  return at;
}

const isDoubleColon = (text: Uint8Array, at: number, end: number): boolean =>
  at + 1 < end && text[at] === COLON && text[at + 1] === COLON;

function endOfGroup(text: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] !== COLON) at++;
  return at;
}

function readGroup(text: Uint8Array, start: number, end: number): number {
  if (end === start || end - start > 4) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = HEX[text[at] as number] as number;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function fillGap(gap: number, count: number): boolean {
  if (gap < 0) return count === GROUPS;
  if (count === GROUPS) return false;
  groups.copyWithin(GROUPS - (count - gap), gap, count);
  groups.fill(0, gap, GROUPS - (count - gap));
  return true;
}

/** IPv4 in IPv6, ::ffff:0:0/96. */
const isMapped = (): boolean => groups[5] === 0xffff && groups.subarray(0, 5).every((group) => group === 0);
