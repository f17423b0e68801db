const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The network of an address: IPv4 cut to /24, IPv6 to /48; null when the text is no address. */
export function truncateAddress(raw: string): string | null {
  const text = MAPPED.exec(raw)?.[1] ?? raw;
  const parts = IPV4.exec(text)?.slice(1);
  if (parts !== undefined)
    return parts.every((part) => Number(part) < 256) ? `${parts.slice(0, 3).join('.')}.0/24` : null;
  return truncateIpv6(text);
}

function truncateIpv6(text: string): string | null {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined || !text.includes(':')) return null;
  const groups = [head, tail ?? ''].map((half) => (half === '' ? [] : half.split(':')));
  const given = groups.flat();
  const missing = 8 - given.length;
  if (!given.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const whole = [...(groups[0] ?? []), ...Array<string>(missing).fill('0'), ...(groups[1] ?? [])];
  return `${whole
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/48`;
}
