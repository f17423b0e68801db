import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { FULL, templateOf } from './synth.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TSC = join(ROOT, 'node_modules/.bin/tsc');
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A CDK app of somebody else, with the packed construct installed and nothing but what it says it needs. */
let app: string;

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'clearpixel-app-'));
  run('npm', ['run', '--silent', 'build:package'], ROOT);
  const packed = run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', app], ROOT);
  run('tar', ['-xzf', packed.trim()], app);
  cpSync(join(app, 'package'), join(app, 'node_modules', manifest.name), { recursive: true });
  const needed = { ...manifest.dependencies, ...manifest.peerDependencies };
  for (const name of [...Object.keys(needed), '@types/node', '.bin/esbuild']) {
    const place = join(app, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), place);
  }
});
afterAll(() => rmSync(app, { recursive: true }));

const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { ClearPixel } from 'clearpixel';
const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Marketing', { env: { account: '123456789012', region: 'us-east-1' } });
new ClearPixel(stack, 'Pixel', ${JSON.stringify(FULL)});
app.synth();
`;

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** Number of resources of each type. */
function census(template: Template): Readonly<Record<string, number>> {
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  return Object.fromEntries(types.sort().map((type) => [type, types.filter((it) => it === type).length]));
}

describe('the packed construct in an app of its own', () => {
  // It bundles and synthesises twice, beside whatever else the machine does.
  it('brings the flow that this app brings, with each function bundled', { timeout: 300_000 }, () => {
    writeFileSync(join(app, 'app.mjs'), APP);
    run(process.execPath, ['app.mjs'], app);
    const template = JSON.parse(readFileSync(join(app, 'cdk.out', 'Marketing.template.json'), 'utf8'));
    expect(census(template)).toEqual(census(templateOf(FULL).toJSON() as never));
    const files = readdirSync(join(app, 'cdk.out'), { recursive: true, encoding: 'utf8' });
    const { 'AWS::Lambda::Function': functions = 0 } = census(template);
    // All but the one that CDK itself brings for the notifications of buckets.
    expect(files.filter((file) => file.endsWith('index.mjs'))).toHaveLength(functions - 1);
  });

  it('tells a wrong prop before anything runs', () => {
    writeFileSync(join(app, 'right.mts'), APP);
    writeFileSync(join(app, 'wrong.mts'), APP.replace('"timeZone"', '"timezone"'));
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    const { stdout } = spawnSync(TSC, [...options, 'right.mts', 'wrong.mts'], { cwd: app, encoding: 'utf8' });
    expect(stdout.split('\n').filter((line) => line.includes('error'))).toEqual([
      expect.stringMatching(/^wrong\.mts.*"timezone"' does not exist/),
    ]);
  });
});
