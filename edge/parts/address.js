/** Cuts an address to its /24 (IPv4) or /48 (IPv6) before anything else sees it; undefined for what is no address. */
export function truncateAddress(ip) {
  const text = String(ip || '').replace(/%.*$/, '');
  const quad = readQuad(text);
  if (quad) return quadPrefix(quad);
  const groups = readGroups(text);
  if (!groups) return undefined;
  if (isMapped(groups)) return quadPrefix([groups[6] >> 8, groups[6] & 255, groups[7] >> 8, groups[7] & 255]);
  return `${groups[0].toString(16)}:${groups[1].toString(16)}:${groups[2].toString(16)}::/48`;
}

function quadPrefix(quad) {
  return `${quad[0]}.${quad[1]}.${quad[2]}.0/24`;
}

function readQuad(text) {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.map(Number);
}

/** Eight numbers; `::` stands for as many zeros as are missing. */
function readGroups(text) {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = readHalf(halves[0]);
  const tail = readHalf(halves.length === 2 ? halves[1] : '');
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const zeros = [];
  for (let at = 0; at < missing; at += 1) zeros.push(0);
  return head.concat(zeros, tail);
}

/** The last group may be an IPv4 address: ::ffff:203.0.113.9 */
function readHalf(half) {
  const groups = [];
  const parts = half === '' ? [] : half.split(':');
  for (let at = 0; at < parts.length; at += 1) {
    const quad = at === parts.length - 1 ? readQuad(parts[at]) : null;
    if (quad) groups.push(quad[0] * 256 + quad[1], quad[2] * 256 + quad[3]);
    else if (/^[0-9a-f]{1,4}$/i.test(parts[at])) groups.push(parseInt(parts[at], 16));
    else return null;
  }
  return groups;
}

/** IPv4 in IPv6, ::ffff:0:0/96. */
function isMapped(groups) {
  return groups[5] === 65535 && groups.slice(0, 5).every((group) => group === 0);
}

/** The alphabets of names and hosts let an IPv4 address through; nothing that looks like one may be kept. */
export function holdsAddress(text) {
  return /\d\.\d+\.\d+\.\d/.test(text);
}
