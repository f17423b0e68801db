import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string };
}

const FORBIDDEN = [
  { file: 'core/clock.ts', imports: 'node:fs', belongs: 'belongs in lambda/ (AWS) or local/ (laptop)' },
  { file: 'core/net.ts', imports: 'node:https', belongs: 'belongs in lambda/ (AWS) or local/ (laptop)' },
  {
    file: 'core/laptop.ts',
    imports: '../local/home.ts',
    belongs: 'belongs in lambda/ (AWS) or local/ (laptop)',
  },
  {
    file: 'core/report/laptop.ts',
    imports: '../../local/home.ts',
    belongs: 'belongs in lambda/ (AWS) or local/ (laptop)',
  },
  {
    file: 'core/kernel/clock.ts',
    imports: 'node:fs',
    belongs: 'belongs in lambda/ (AWS) or local/ (laptop)',
  },
  { file: 'core/kernel/assembly/text.ts', imports: '../kernel.ts', belongs: 'belongs in core/events/' },
  { file: 'lib/handler.ts', imports: '../lambda/ingest.ts', belongs: 'belongs in lambda/' },
  { file: 'lib/logic.ts', imports: '../core/ingest.ts', belongs: 'code about data in core/' },
  { file: 'lambda/laptop.ts', imports: '../local/home.ts', belongs: 'laptop code in local/' },
  { file: 'lambda/construct.ts', imports: 'aws-cdk-lib', belongs: 'Constructs belong in lib/' },
  { file: 'cloud/handler.ts', imports: '../lambda/bucket.ts', belongs: 'Handlers belong in lambda/' },
  {
    file: 'cloud/commands/query.ts',
    imports: '../../lambda/athena-warehouse.ts',
    belongs: 'Handlers belong in lambda/',
  },
  { file: 'cloud/commands/laptop.ts', imports: '../../local/home.ts', belongs: 'laptop code in local/' },
  { file: 'cloud/construct.ts', imports: 'aws-cdk-lib', belongs: 'commands against a deployed stack' },
  { file: 'local/aws.ts', imports: '@aws-sdk/client-s3', belongs: 'belongs in lambda/ or cloud/' },
  {
    file: 'local/page/edge.ts',
    imports: '../../edge/viewer-request.js',
    belongs: 'edge/ and sql/ are read as text',
  },
  { file: 'rules/code.ts', imports: 'isbot', belongs: 'belongs in core/' },
  { file: 'edge/viewer-request.js', imports: 'fs', belongs: 'belongs in core/' },
  { file: 'bin/work.ts', imports: '../core/ingest.ts', belongs: 'Work belongs in those rooms' },
];

const ALLOWED = [
  { file: 'core/pure.ts', imports: 'node:zlib' },
  { file: 'core/root.ts', imports: '../rules/networks.json' },
  { file: 'core/classify/rules.ts', imports: '../../rules/networks.json' },
  { file: 'core/kernel/build.ts', imports: 'assemblyscript/asc' },
  { file: 'core/kernel/assembly/index.ts', imports: './scan' },
  { file: 'core/report/answers.ts', imports: '../warehouse.ts' },
  { file: 'core/merge/plan.ts', imports: '../registry/registry.ts' },
  { file: 'lib/stack.ts', imports: '../core/config.ts' },
  { file: 'lib/own-metrics.ts', imports: '../core/metrics.ts' },
  { file: 'lambda/ingest.ts', imports: '@aws-sdk/client-s3' },
  { file: 'cloud/stack.ts', imports: '@aws-sdk/client-cloudformation' },
  { file: 'cloud/tables.ts', imports: '../lambda/athena-warehouse.ts' },
  { file: 'cloud/commands/replay.ts', imports: '../../core/terminal.ts' },
  { file: 'cloud/commands/other.ts', imports: '../stack.ts' },
  { file: 'local/commands/report.ts', imports: '../../core/report/collect.ts' },
  { file: 'bin/app.ts', imports: '../lib/stack.ts' },
];

let folder: string;
let diagnostics: readonly Diagnostic[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-table-'));
  cpSync('biome.json', join(folder, 'biome.json'));
  for (const { file, imports } of [...FORBIDDEN, ...ALLOWED]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import * as part from '${imports}';\n\nexport const value = part;\n`);
  }
  diagnostics = lint(folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each(FORBIDDEN)(
  '$file may not import $imports, and is told where the code belongs',
  ({ file, belongs }) => {
    const messages = diagnostics
      .filter(({ location }) => location.path === file)
      .map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining(belongs)]);
  },
);

test.each(ALLOWED)('$file may import $imports', ({ file }) => {
  expect(diagnostics.filter(({ location }) => location.path === file)).toEqual([]);
});

function lint(root: string): readonly Diagnostic[] {
  const biome = resolve('node_modules/.bin/biome');
  const flags = [
    'lint',
    '--only=style/noRestrictedImports',
    '--vcs-enabled=false',
    '--reporter=json',
    '--max-diagnostics=none',
  ];
  try {
    execFileSync(biome, [...flags, '.'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return [];
  } catch (error) {
    const { diagnostics } = JSON.parse((error as { stdout: string }).stdout) as { diagnostics: Diagnostic[] };
    return diagnostics.filter(({ category }) => category === 'lint/style/noRestrictedImports');
  }
}
