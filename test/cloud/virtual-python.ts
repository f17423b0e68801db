import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { MissingPrerequisite } from './prerequisite.ts';
import { python } from './python.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

/** The Python of a virtual environment with the emulator, boto3 for the functions that CDK itself brings, and cfn-lint. */
export async function virtualPython(): Promise<string> {
  const version = await pythonVersion();
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 8);
  const folder = await cached(`emulator-${hash}-python-${version}`, async (making) => {
    await python(['-m', 'venv', making], 'has no module venv: install it (python3-venv on Debian)');
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
    await python(pip, 'could not install the emulator from PyPI', join(making, 'bin', 'python'));
  });
  const installed = join(folder, 'bin', 'python');
  // Its link leads to the Python that made it, which may have gone.
  if (!existsSync(installed)) throw new MissingPrerequisite(`${installed} leads nowhere: delete ${folder}`);
  return installed;
}

async function pythonVersion(): Promise<string> {
  const said = await python(['--version'], 'is not there: install Python 3.11 or newer');
  return said.replace('Python', '').trim();
}
