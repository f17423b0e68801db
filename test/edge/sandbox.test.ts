import { describe, expect, it } from 'vitest';
import { createEdge, type EdgeStore } from '../../local/edge-runtime.ts';
import { requestOf } from './edge-world.ts';

const store: EdgeStore = {
  get: (key) => {
    if (key === 'failing') throw new Error('an error of the host');
    return key === 'there' ? 'value' : undefined;
  },
};

/** What an expression gives inside of the sandbox, as text; its errors too. */
async function evaluate(expression: string): Promise<string | null> {
  const code = `import cf from 'cloudfront';
import crypto from "crypto";
async function handler(event) {
  let found;
  try { found = await (${expression}); } catch (problem) { found = 'threw ' + problem; }
  cf.logCustomData(String(found));
  return event.request;
}`;
  return (await createEdge(code, store, () => 1_234)(requestOf({ query: 'a=b' }))).record;
}

const DENIED = 'threw EvalError: Code generation from strings disallowed for this context';
const climb = (object: string): string => `${object}.constructor.constructor('return typeof process')()`;
const climbFrom = (failing: string): string =>
  `(() => { try { ${failing}; return 'nothing failed'; } catch (problem) { return ${climb('problem')}; } })()`;

describe('the sandbox of the edge function', () => {
  it.each(
    [
      'process',
      'require',
      'fetch',
      'Buffer',
      'setTimeout',
      'setImmediate',
      'queueMicrotask',
      'structuredClone',
      'module',
      'performance',
      'URL',
      'gc',
    ].map((name) => ({ name })),
  )('has no $name', async ({ name }) => {
    expect(await evaluate(`typeof ${name} + typeof globalThis.${name}`)).toBe('undefinedundefined');
  });

  it.each([
    { name: 'this', expression: '(function () { return this; })()', result: 'undefined' },
    { name: 'eval', expression: `eval('process')`, result: DENIED },
    { name: 'the event', expression: climb('event'), result: DENIED },
    { name: 'a header', expression: climb('event.request.headers["user-agent"]'), result: DENIED },
    { name: 'a query value', expression: climb('event.request.querystring.a'), result: DENIED },
    { name: 'the module cloudfront', expression: climb('cf'), result: DENIED },
    {
      name: 'a function of cloudfront',
      expression: `cf.logCustomData.constructor('return process')()`,
      result: DENIED,
    },
    { name: 'the store', expression: climb('cf.kvs().get'), result: DENIED },
    { name: 'the promise of a read', expression: climb(`cf.kvs().get('there')`), result: DENIED },
    { name: 'a hash', expression: climb(`crypto.createHmac('sha256', 'k')`), result: DENIED },
    { name: 'the clock', expression: climb('Date.now'), result: DENIED },
    { name: 'globalThis', expression: 'typeof globalThis.constructor', result: 'function' },
    {
      name: 'its constructor',
      expression: `globalThis.constructor.constructor('return process')()`,
      result: DENIED,
    },
    {
      name: 'an async function',
      expression: `(async () => 1).constructor('return process')()`,
      result: DENIED,
    },
    { name: 'an own error', expression: climbFrom('null.x'), result: DENIED },
    {
      name: 'a failed hash',
      expression: climbFrom(`crypto.createHmac('none', 'k').update('x').digest('hex')`),
      result: DENIED,
    },
    {
      name: 'a failed read',
      expression: `cf.kvs().get('failing').catch((problem) => ${climb('problem')})`,
      result: DENIED,
    },
    {
      name: 'a missing key',
      expression: `cf.kvs().get('none').catch((problem) => ${climb('problem')})`,
      result: DENIED,
    },
    {
      name: 'a full stack',
      expression: `(() => { const deep = () => { try { return deep(); } catch (problem) { return ${climb('problem')}; } }; return deep(); })()`,
      result: DENIED,
    },
    {
      name: 'frames of the stack',
      expression: `(() => { Error.prepareStackTrace = (_problem, frames) => frames; return new Error('x').stack.filter((frame) => frame.getFunction() || frame.getThis()).length; })()`,
      result: '0',
    },
    {
      name: 'a patched promise',
      expression: `(() => { const caught = []; Promise.prototype.then = function (done) { caught.push(done.constructor('return process')()); }; return caught.length; })()`,
      result: '0',
    },
    {
      name: 'the caller',
      expression: 'handler.caller',
      result: `threw TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them`,
    },
  ])('does not lead out through $name', async ({ expression, result }) => {
    expect(await evaluate(expression)).toBe(result);
  });

  it.each([
    `import fs from 'fs';`,
    `import * as cf from 'cloudfront';`,
    `const fs = import('fs');`,
    `const at = import.meta.url;`,
  ])('refuses %s', (line) => {
    const code = `${line}\nfunction handler(event) { return event.request; }`;
    expect(() => createEdge(code, store, () => 1)).toThrow('may import cloudfront and crypto only');
  });

  it('says what failed where the function itself throws', async () => {
    const edge = createEdge('function handler() { throw new Error("broken"); }', store, () => 1);
    await expect(edge(requestOf({}))).rejects.toThrow('the edge function failed: Error: broken');
    await expect(edge(requestOf({}))).rejects.toThrow('broken');
  });

  it('keeps concurrent requests apart', async () => {
    const code = `import cf from 'cloudfront';
async function handler(event) {
  const first = await cf.kvs().get('there');
  cf.logCustomData(first + event.request.uri);
  return event.request;
}`;
    const edge = createEdge(code, store, () => 1);
    const uris = Array.from({ length: 50 }, (_, at) => `/a/${at}`);
    const answers = await Promise.all(uris.map((uri) => edge(requestOf({ uri }))));
    expect(answers).toEqual(uris.map((uri) => ({ record: `value${uri}`, uri })));
  });

  it('gives the clock it was given', async () => {
    expect(await evaluate('Date.now()')).toBe('1234');
  });
});
