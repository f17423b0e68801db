import { createHmac } from 'node:crypto';
import vm from 'node:vm';
import { emulateCloudFront, type SandboxHost } from './edge-sandbox.ts';

/** A viewer's request, before the edge saw it. */
export interface EdgeRequest {
  readonly method: string;
  readonly uri: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Lower-case names, values as sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly ip: string;
}

/** What the function reads through `cf.kvs()`; undefined is a missing key, a throw a failed read. */
export interface EdgeStore {
  get(key: string): string | undefined;
}

export interface EdgeAnswer {
  /** The last text given to `cf.logCustomData()`, null when it was never called. */
  readonly record: string | null;
  /** Path that CloudFront would go on with. */
  readonly uri: string;
}

export type Edge = (request: EdgeRequest) => Promise<EdgeAnswer>;

/** Calls one handler and hands its outcome back; made inside the sandbox. */
type Invoke = (event: string, done: (uri: string | null, problem: string) => void) => void;

/**
 * Runs the built edge function as CloudFront would: strict mode, the modules `cloudfront` and `crypto`, nothing else in
 * reach. One request at a time, as at the edge.
 */
export function createEdge(code: string, store: EdgeStore, clock: () => number): Edge {
  let record: string | null = null;
  const invoke = load(code, {
    now: clock,
    read: (key) => store.get(key) ?? null,
    log: (text) => {
      record = text;
    },
    hmac: (algorithm, key, text) => createHmac(algorithm, key).update(text).digest('hex'),
  });
  const run = (request: EdgeRequest): Promise<EdgeAnswer> =>
    new Promise((resolve, reject) => {
      record = null;
      invoke(eventOf(request), (uri, problem) => {
        if (uri === null) reject(new Error(`the edge function failed: ${problem}`));
        else resolve({ record, uri });
      });
    });
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    const answer = last.then(() => run(request));
    last = answer.catch(() => undefined);
    return answer;
  };
}

function load(code: string, host: SandboxHost): Invoke {
  const context = vm.createContext(Object.create(null), {
    name: 'cloudfront-js-2.0',
    // eval and the Function constructor throw at the edge too.
    codeGeneration: { strings: false, wasm: false },
  });
  const emulate = vm.runInContext(`'use strict';(${emulateCloudFront})`, context) as typeof emulateCloudFront;
  const body = `(function (cloudfront, crypto) { 'use strict';${bindImports(code)}\n;return handler; })`;
  const define = vm.runInContext(body, context, { filename: 'viewer-request.js' });
  return emulate(define, host);
}

const IMPORT = /^import\s+([\w$]+)\s+from\s*["'](cloudfront|crypto)["'];?/gm;

/** A script knows no import statements. Any other import would reach for the host, so it is refused. */
function bindImports(code: string): string {
  const bound = code.replace(IMPORT, (_all, name: string, module: string) =>
    name === module ? '' : `const ${name} = ${module};`,
  );
  if (/\bimport\b/.test(bound))
    throw new Error('the edge function may import cloudfront and crypto only, each in a line of its own');
  return bound;
}

/** The event as CloudFront hands it over, as text: objects of the host must not reach the sandbox. */
export function eventOf({ method, uri, query, headers, ip }: EdgeRequest): string {
  return JSON.stringify({
    version: '1.0',
    context: { eventType: 'viewer-request' },
    viewer: { ip },
    request: { method, uri, querystring: parseQuery(query), headers: wrapHeaders(headers), cookies: {} },
  });
}

interface QueryValue {
  readonly value: string;
  multiValue?: { readonly value: string }[];
}

/** Values stay percent-encoded, as CloudFront leaves them; of a repeated name, `value` is the first. */
function parseQuery(query: string): Readonly<Record<string, QueryValue>> {
  const values: Record<string, QueryValue> = Object.create(null);
  for (const pair of query === '' ? [] : query.split('&')) {
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? '' : pair.slice(equals + 1);
    const first = values[name];
    if (first === undefined) values[name] = { value };
    else first.multiValue = [...(first.multiValue ?? [{ value: first.value }]), { value }];
  }
  return values;
}

function wrapHeaders(headers: EdgeRequest['headers']): Readonly<Record<string, { value: string }>> {
  const wrapped: Record<string, { value: string }> = Object.create(null);
  for (const name of Object.keys(headers)) wrapped[name] = { value: headers[name] ?? '' };
  return wrapped;
}
