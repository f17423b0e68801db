import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventOf } from '../../local/edge-runtime.ts';
import { EDGE_CASES } from './edge-cases.ts';
import { EDGE_CODE } from './edge-code.ts';
import { NOW, requestOf, STORE } from './edge-world.ts';

/** njs is the engine of CloudFront Functions; Debian packages it. */
const installed = spawnSync('njs', ['-v']).status === 0;
const title = installed
  ? 'njs'
  : 'njs (skipped: install it with apt-get install njs to run the function in its own engine)';

/** Stands for CloudFront's module; the cases set what it holds. */
const CLOUDFRONT = `
const state = { store: {}, record: null };
function read(key) {
  if (typeof state.store[key] !== 'string') throw new Error('the key is not in the store');
  return state.store[key];
}
async function get(key) { return read(key); }
function kvs() { return { get: get }; }
function logCustomData(text) { state.record = text; }
export default { state: state, kvs: kvs, logCustomData: logCustomData };
`;

const runner = (cases: unknown): string => `
import world from 'cloudfront';
Date.now = function () { return ${NOW}; };
const cases = ${JSON.stringify(cases)};
async function next(at) {
  if (at === cases.length) return;
  world.state.store = cases[at].store;
  world.state.record = null;
  const event = JSON.parse(cases[at].event);
  const request = await handler(event);
  console.log(JSON.stringify({ record: world.state.record, uri: request.uri }));
  await next(at + 1);
}
next(0);
`;

function runInNjs(): { record: string | null; uri: string }[] {
  const folder = mkdtempSync(join(tmpdir(), 'clearpixel-njs-'));
  const cases = EDGE_CASES.map(({ store, ...edgeCase }) => ({
    store: store ?? STORE,
    event: eventOf(requestOf(edgeCase)),
  }));
  try {
    writeFileSync(join(folder, 'cloudfront'), CLOUDFRONT);
    writeFileSync(join(folder, 'function.js'), `${EDGE_CODE}\n${runner(cases)}`);
    const { stdout, stderr } = spawnSync('njs', ['-p', folder, join(folder, 'function.js')], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!installed)(title, () => {
  it('gives the record of every case', () => {
    const answers = runInNjs();
    const expected = EDGE_CASES.map(({ name, expected, uri = '/p.gif' }) => ({
      name,
      record: expected === null ? null : `v=1&${expected}`,
      uri,
    }));
    expect(EDGE_CASES.map(({ name }, at) => ({ name, ...answers[at] }))).toEqual(expected);
  });
});
