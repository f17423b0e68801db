import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildEdge } from '../../edge/build.ts';
import { MAX_BYTES } from '../../edge/check.ts';
import { EDGE_CODE } from './edge-code.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearpixel-edge-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function problemsOf(source: string): Promise<string> {
  const entry = join(folder, 'function.js');
  writeFileSync(entry, source);
  return buildEdge(entry).then(
    () => 'built',
    (error: Error) => error.message,
  );
}

const inHandler = (line: string): string =>
  `export async function handler(event) {\n  ${line}\n  return event.request;\n}\n`;

describe('the build of the edge function', () => {
  it('is today’s source, below the limit, with a top-level handler and two imports', async () => {
    expect(EDGE_CODE).toBe(await buildEdge());
    expect(Buffer.byteLength(EDGE_CODE)).toBeLessThanOrEqual(MAX_BYTES);
    expect(EDGE_CODE).toMatch(/^async function handler\(event\) \{$/m);
    expect(EDGE_CODE.match(/^(import|export) .*$/gm)).toEqual([
      'import cf from "cloudfront";',
      'import crypto from "crypto";',
    ]);
  });

  it.each([
    { line: 'const { uri } = event.request;', says: 'no ObjectPattern: read each property by its name' },
    { line: 'const [first] = event.list;', says: 'no ArrayPattern: read each element by its index' },
    {
      line: 'const all = Math.max(...event.list);',
      says: 'no SpreadElement: use concat, Object.assign or apply',
    },
    { line: 'for (const each of event.list) event.last = each;', says: 'no ForOfStatement: use forEach' },
    { line: 'const uri = event.request?.uri;', says: 'no ChainExpression: test with && before the dot' },
    { line: 'const uri = event.uri ?? 1;', says: 'no ??: write it as a condition' },
    { line: 'event.uri ||= 1;', says: 'no ||=: write it as a condition' },
    { line: 'class Uri {}', says: 'no ClassDeclaration: write functions' },
    { line: 'const f = (uri = 1) => uri;', says: 'no AssignmentPattern: test the parameter for undefined' },
    { line: 'const f = async () => 1;', says: 'async works for declared functions only' },
    {
      line: 'event.use(await event.get());',
      says: 'await must stand alone: put its result into a const first',
    },
    {
      line: 'try { event.get(); } catch { event.uri = 1; }',
      says: 'catch needs a name: write catch (problem)',
    },
    { line: 'const m = await import("crypto");', says: 'no ImportExpression: import at the top of the file' },
    { line: 'const big = 1n;', says: 'no bigint: use numbers or hex digits' },
    { line: 'const dot = /./s.test("x");', says: 'the flags g, i and m there, got s' },
    { line: 'const any = /[^]/.test("x");', says: '[^] is no Perl: write [\\s\\S]' },
    { line: 'const at = event.list.at(-1);', says: 'the method at is not in the allow list' },
    { line: 'const id = process.env.ID;', says: 'process is declared nowhere' },
    { line: 'setTimeout(handler, 1);', says: 'setTimeout is declared nowhere' },
  ])('refuses $line', async ({ line, says }) => {
    const problems = await problemsOf(inHandler(line));
    expect(problems).toMatch(/function\.js:2: /);
    expect(problems).toContain(says);
  });

  it.each([
    {
      name: 'another module',
      source: `import fs from 'fs';\n${inHandler('fs.get();')}`,
      says: 'function.js:1: the edge has no module "fs"',
    },
    {
      name: 'a named import',
      source: `import { createHmac } from 'crypto';\n${inHandler('createHmac();')}`,
      says: 'function.js:1: cloudfront-js-2.0 has no ImportSpecifier',
    },
    {
      name: 'another export',
      source: `export const a = 1;\n${inHandler('')}`,
      says: 'no ExportNamedDeclaration: export nothing but handler',
    },
    {
      name: 'a method in an object',
      source: inHandler('event.each = { get() { return 1; } };'),
      says: 'function.js:2:20: ERROR: Transforming object literal extensions',
    },
    {
      name: 'a computed property',
      source: inHandler('event.each = { [event.uri]: 1 };'),
      says: 'function.js:2:17: ERROR: Transforming object literal extensions',
    },
    {
      name: 'no handler',
      source: 'export const a = 1;\n',
      says: 'CloudFront calls a top-level handler, got none',
    },
    {
      name: 'a function too long',
      source: inHandler(`event.text = '${'x'.repeat(MAX_BYTES)}';`),
      says: `CloudFront takes at most ${MAX_BYTES} bytes, got 10`,
    },
  ])('refuses $name', async ({ source, says }) => {
    expect(await problemsOf(source)).toContain(says);
  });

  it('lets nothing unbuilt pass for built', () => {
    expect(existsSync(join(folder, 'built'))).toBe(false);
  });
});
