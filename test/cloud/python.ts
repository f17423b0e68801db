import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MissingPrerequisite } from './prerequisite.ts';

const run = promisify(execFile);

/**
 * Runs Python, the way to what these tests need from PyPI; answers what it said.
 * @param problem ends the sentence "python3 ..." where it fails
 */
export async function python(args: readonly string[], problem: string, command = 'python3'): Promise<string> {
  try {
    return (await run(command, [...args], { maxBuffer: 10_000_000 })).stdout;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new MissingPrerequisite([`python3 ${problem}`, stderr.trim().split('\n').at(-1)].join(' ').trim(), {
      cause: error,
    });
  }
}
