import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { build, FULL } from '../stack/synth.ts';
import { virtualPython } from './virtual-python.ts';

/** The environment was moved after it was made, so its own commands lead nowhere. */
const LINT = 'import sys; from cfnlint.runner import main; sys.exit(main())';
/** A dependency that is written twice: the CDK writes the one beside the reference itself. */
const LEFT_OUT = 'W3005';

interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: readonly (string | number)[] };
}

describe.skipIf('missing' in inject('cloud'))('cfn-lint', () => {
  let folder: string;
  let python: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clearpixel-lint-'));
    python = await virtualPython();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function findings(templates: readonly string[], region: string): readonly string[] {
    const options = ['--format', 'json', '--ignore-checks', LEFT_OUT, '--regions', region];
    const { stdout, stderr } = spawnSync(python, ['-c', LINT, ...options, '--', ...templates], {
      encoding: 'utf8',
    });
    if (stderr !== '') throw new Error(stderr);
    const found = JSON.parse(stdout || '[]') as readonly Finding[];
    return found.map(({ Rule, Message, Location }) => `${Rule.Id} ${Location.Path.join('/')}: ${Message}`);
  }

  it.each([
    { name: 'the defaults', config: {}, region: 'us-east-1' },
    { name: 'every part, in us-east-1', config: FULL, region: 'us-east-1' },
    { name: 'every part, elsewhere', config: FULL, region: 'eu-central-1' },
    { name: 'data that goes with the stack', config: { ...FULL, destroyData: true }, region: 'us-east-1' },
  ])('finds nothing in $name', ({ name, config, region }) => {
    const out = join(folder, name);
    build(config, region, out).app.synth();
    const templates = readdirSync(out).filter((file) => file.endsWith('.template.json'));
    expect(templates).toHaveLength(region === 'us-east-1' ? 1 : 2);
    expect(
      findings(
        templates.map((file) => join(out, file)),
        region,
      ),
    ).toEqual([]);
  });

  it('would be heard', () => {
    const out = join(folder, 'every part, in us-east-1');
    const text = readFileSync(join(out, 'ClearPixel.template.json'), 'utf8');
    const file = join(folder, 'wrong.template.json');
    writeFileSync(file, text.replace('"MessageRetentionPeriod"', '"MessageRetention"'));
    expect(findings([file], 'us-east-1')).toEqual([
      expect.stringContaining("'MessageRetention' was unexpected"),
    ]);
  });
});
