/** What the edge's record, or an imported line's query string, says of a load. */
export interface Facts {
  readonly source: 'record' | 'query' | 'nothing';
  readonly values: ReadonlyMap<string, string>;
}

function recordOf(raw: string | undefined): ReadonlyMap<string, string> | null {
  if (raw === undefined) return null;
  for (const text of [
    raw,
    Buffer.from(
      raw.replace(/%[0-9a-f]{2}/gi, (one) => String.fromCharCode(Number.parseInt(one.slice(1), 16))),
      'latin1',
    ).toString(),
  ]) {
    const values = pairsOf(text);
    if (values.get('v') === '1') return values;
  }
  return null;
}

function pairsOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of text.split('&')) {
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (at > 0 && value !== '' && !values.has(name)) values.set(name, value);
  }
  return values;
}

export function factsOf(fields: ReadonlyMap<string, string>, imported: boolean): Facts | null {
  const raw = fields.get('viewer-request-log-data');
  const record = recordOf(raw);
  if (record !== null) return { source: 'record', values: record };
  if (!imported) return raw === undefined ? { source: 'nothing', values: new Map() } : null;
  const query = pairsOf(fields.get('cs-uri-query') ?? '');
  const named = [
    ['campaign', 'utm_campaign'],
    ['medium', 'utm_medium'],
    ['source', 'utm_source'],
    ['content', 'utm_content'],
    ['nonce', 'n'],
  ] as const;
  return {
    source: 'query',
    values: new Map(
      named.flatMap(([name, key]) => (query.has(key) ? [[name, query.get(key) ?? ''] as const] : [])),
    ),
  };
}

/** Undoes one layer of %XX: wherever one to four escapes are one character of UTF-8. */
export function decode(text: string): string {
  let decoded = '';
  for (let at = 0; at < text.length; ) {
    const lengths = text[at] === '%' ? [12, 9, 6, 3] : [];
    const length = lengths.find((one) => characterOf(text.slice(at, at + one)) !== null);
    decoded += length === undefined ? text[at] : characterOf(text.slice(at, at + length));
    at += length ?? 1;
  }
  return decoded;
}

function characterOf(escapes: string): string | null {
  if (!/^(%[0-9a-fA-F]{2})+$/.test(escapes)) return null;
  try {
    const character = decodeURIComponent(escapes);
    return [...character].length === 1 ? character : null;
  } catch {
    return null;
  }
}
