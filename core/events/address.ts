/** The network of an address: IPv4 cut to /24, IPv6 to /48, as at the edge; null when the text is no address. */
export function truncateAddress(raw: string): string | null {
  if (CANONICAL.test(raw)) return `${raw.slice(0, raw.lastIndexOf('.'))}.0/24`;
  const quad = readQuad(raw);
  if (quad !== null) return `${quad.slice(0, 3).join('.')}.0/24`;
  const groups = readGroups(raw.replace(/%.*$/, ''));
  if (groups === null) return null;
  const [upper = 0, lower = 0] = groups.slice(6);
  if (isMapped(groups)) return `${upper >> 8}.${upper & 255}.${lower >> 8}.0/24`;
  return `${groups
    .slice(0, 3)
    .map((group) => group.toString(16))
    .join(':')}::/48`;
}

/** An IPv4 address as everybody writes it, so that nothing of it needs to be made anew. */
const CANONICAL = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

const QUAD = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

function readQuad(text: string): readonly number[] | null {
  const parts = QUAD.exec(text)?.slice(1).map(Number) ?? null;
  return parts?.every((part) => part < 256) ? parts : null;
}

/** Eight numbers; `::` stands for as many zeros as are missing. */
function readGroups(text: string): readonly number[] | null {
  const [head, tail, more] = text.split('::').map(readHalf);
  if (!head || tail === null || more !== undefined) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  return [...head, ...Array<number>(missing).fill(0), ...(tail ?? [])];
}

function readHalf(half: string): readonly number[] | null {
  const parts = half === '' ? [] : half.split(':');
  const groups = parts.flatMap((part, at) => (at === parts.length - 1 ? readLast(part) : readGroup(part)));
  return groups.includes(Number.NaN) ? null : groups;
}

const readGroup = (part: string): readonly number[] => [
  /^[0-9a-f]{1,4}$/i.test(part) ? Number.parseInt(part, 16) : Number.NaN,
];

/** The last group may be an IPv4 address: ::ffff:203.0.113.9 */
function readLast(part: string): readonly number[] {
  const [a, b, c, d] = readQuad(part) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return readGroup(part);
  return [a * 256 + b, c * 256 + d];
}

/** IPv4 in IPv6, ::ffff:0:0/96. */
const isMapped = (groups: readonly number[]): boolean =>
  groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
