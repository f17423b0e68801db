import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ACCOUNT, clientEnv } from './emulator.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const BINARIES = join(ROOT, 'node_modules', '.bin');

/** What the app is made of: a copy of these, and node_modules, is the app. */
const APP_PARTS = ['bin', 'core', 'edge', 'lambda', 'lib', 'rules', 'sql', 'cdk.json', 'tsconfig.json'];
const PACKAGE_FILES = ['package.json', 'package-lock.json'];

/** The real command line, as an operator calls it, with the emulator as its cloud. */
export class Cdk {
  private readonly env: NodeJS.ProcessEnv;

  constructor(endpoint: string, region: string) {
    this.env = {
      ...process.env,
      ...clientEnv(endpoint, region),
      CDK_DISABLE_NOTICES: '1',
      CDK_DISABLE_CLI_TELEMETRY: '1',
      PATH: [BINARIES, process.env['PATH']].join(delimiter),
    };
  }

  bootstrap(...regions: readonly string[]): Promise<string> {
    return this.cdk(['bootstrap', ...regions.map((region) => `aws://${ACCOUNT}/${region}`)], ROOT);
  }

  /** Synthesises the app into a folder, with a config file other than the repository's. */
  synth(output: string, config: string, app = ROOT): Promise<string> {
    return this.cdk(['synth', '--quiet', '--output', output, '--context', `config=${config}`], app);
  }

  /** Deploys what was synthesised; answers what it said. */
  deploy(assembly: string): Promise<string> {
    const options = ['--all', '--require-approval', 'never', '--progress', 'events'];
    return this.cdk(['deploy', '--app', assembly, ...options], ROOT);
  }

  private async cdk(args: readonly string[], cwd: string): Promise<string> {
    try {
      const { stdout, stderr } = await run('cdk', [...args], { cwd, env: this.env, maxBuffer: 50_000_000 });
      return stdout + stderr;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`cdk ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
    }
  }
}

/** A copy of the app in which one text of one file is another: the app as a later version of it. */
export function changedApp(folder: string, file: string, from: string, to: string): void {
  mkdirSync(folder);
  for (const part of APP_PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  for (const part of PACKAGE_FILES) cpSync(join(ROOT, part), join(folder, part));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const before = readFileSync(join(folder, file), 'utf8');
  if (!before.includes(from)) throw new Error(`${file} does not hold ${JSON.stringify(from)} any more`);
  writeFileSync(join(folder, file), before.replace(from, to));
}
