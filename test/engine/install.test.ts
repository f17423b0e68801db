import { appendFileSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cached } from '../cloud/cache.ts';
import { MissingPrerequisite, orMissing } from '../cloud/prerequisite.ts';

let folder: string;
let made: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-cache-'));
  vi.stubEnv('CLEARPIXEL_CACHE', folder);
  made = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const thing = (name = 'thing-1'): Promise<string> =>
  cached(name, async (making) => {
    made += 1;
    writeFileSync(join(making, 'file'), `made ${made}`);
  });
const contents = async (): Promise<string> => readFileSync(join(await thing(), 'file'), 'utf8');

describe('the cache of what tests install', () => {
  it('makes a thing once', async () => {
    expect(await contents()).toBe('made 1');
    expect(await contents()).toBe('made 1');
  });

  it('makes another version beside it', async () => {
    await thing('thing-1');
    await thing('thing-2');
    expect(made).toBe(2);
  });

  it.each([
    { name: 'larger', damage: (file: string) => appendFileSync(file, 'x') },
    { name: 'gone', damage: unlinkSync },
  ])('makes it again when a file is $name', async ({ damage }) => {
    damage(join(await thing(), 'file'));
    expect(await contents()).toBe('made 2');
  });

  it('keeps nothing of a failed attempt', async () => {
    const failing = cached('thing-1', async (making) => {
      writeFileSync(join(making, 'file'), 'half');
      throw new Error('the network went');
    });
    await expect(failing).rejects.toThrow('the network went');
    expect(await contents()).toBe('made 1');
  });
});

describe('a missing prerequisite', () => {
  const prepare = (error: Error) => orMissing(() => Promise.reject(error));

  it('skips on a person’s machine, with its sentence', async () => {
    vi.stubEnv('CI', '');
    const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(await prepare(new MissingPrerequisite('mvn is not there: install Maven'))).toEqual({
      missing: 'mvn is not there: install Maven',
    });
    expect(said.mock.calls).toEqual([['skipped: mvn is not there: install Maven']]);
    said.mockRestore();
  });

  it('fails where CI is set', async () => {
    vi.stubEnv('CI', '1');
    await expect(prepare(new MissingPrerequisite('no Maven'))).rejects.toThrow('no Maven');
  });

  it('is no other failure', async () => {
    vi.stubEnv('CI', '');
    await expect(prepare(new Error('a bug'))).rejects.toThrow('a bug');
  });
});
