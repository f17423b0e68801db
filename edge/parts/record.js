/** The names and their order are those of core/edge-record.ts; the referer comes last, as it may be cut. */
const VERSION = '1';
const KEYS = [
  'day',
  'campaign',
  'medium',
  'source',
  'content',
  'mode',
  'consent',
  'rid',
  'visitor',
  'network',
  'message',
  'signals',
];

/** CloudFront cuts off what is longer after URL-encoding, which may make three bytes of each & and =. */
const MAX_BYTES = 800;
const MARK_BYTES = 3;

/** The record as text. All values are unreserved characters: they were checked where they were read. */
export function formatRecord(record) {
  const pairs = [`v=${VERSION}`];
  KEYS.forEach((key) => {
    if (record.fields[key]) pairs.push(`${key}=${record.fields[key]}`);
  });
  const notes = record.notes.filter((note, at) => record.notes.indexOf(note) === at);
  if (notes.length > 0) pairs.push(`notes=${notes.sort().join('.')}`);
  const host = shortenHost(record.fields.referer, MAX_BYTES - bytesOf(pairs) - bytesOf(['&referer=']));
  if (host) pairs.push(`referer=${host}`);
  return pairs.join('&');
}

function bytesOf(pairs) {
  const text = pairs.join('&');
  return text.length + text.replace(/[^&=]/g, '').length * (MARK_BYTES - 1);
}

/** A host says most at its end, so it loses whole labels at its beginning. */
function shortenHost(host, bytes) {
  if (!host || host.length <= bytes) return host;
  const end = host.slice(host.length - bytes);
  return end.slice(end.indexOf('.') + 1);
}
