import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClassifier } from '../../core/classify/classify.ts';
import { type Home, homeAt } from '../../local/home.ts';
import { importSecret } from '../../local/import-secret.ts';
import { type FileResult, ingestFiles } from '../../local/ingest-files.ts';
import { findLogFiles } from '../../local/log-files.ts';
import { logFile, logLine } from './logs.ts';

let folder: string;
let home: Home;
const at = (...names: readonly string[]): string => join(folder, ...names);
const write = (...names: readonly string[]): void =>
  writeFileSync(at(...names), logFile(logLine({ id: names.join('/') })));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearpixel-files-'));
  home = homeAt(at('home'));
  mkdirSync(at('logs', 'sub'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('log files below a folder', () => {
  it('are found once, though a link leads back to the folder', () => {
    write('logs', 'a.gz');
    write('logs', 'sub', 'b.gz');
    symlinkSync(at('logs'), at('logs', 'sub', 'loop'));
    expect(findLogFiles([at('logs')], home)).toEqual([at('logs', 'a.gz'), at('logs', 'sub', 'b.gz')]);
  });

  it('include files and folders that only a link leads to', () => {
    mkdirSync(at('elsewhere'));
    write('elsewhere', 'c.gz');
    write('d.gz');
    symlinkSync(at('elsewhere'), at('logs', 'linked'));
    symlinkSync(at('d.gz'), at('logs', 'd.gz'));
    expect(findLogFiles([at('logs')], home)).toEqual([at('logs', 'd.gz'), at('logs', 'linked', 'c.gz')]);
  });

  it('leave out hidden ones', () => {
    write('logs', '.a.gz');
    mkdirSync(at('logs', '.cache'));
    write('logs', '.cache', 'b.gz');
    expect(findLogFiles([at('logs')], home)).toEqual([]);
  });
});

describe('ingest of files', () => {
  const settings = {
    classifier: createClassifier(),
    zones: [{ from: '1970-01-01', zone: 'UTC' }],
    assets: [],
  };

  it('names a file that cannot be read, and goes on', async () => {
    write('logs', 'b.gz');
    symlinkSync(at('gone.gz'), at('logs', 'a.gz'));
    const results: FileResult[] = [];
    const files = findLogFiles([at('logs')], home);
    for await (const result of ingestFiles(files, home, settings)) results.push(result);
    expect(results).toEqual([
      { path: at('logs', 'a.gz'), problem: expect.stringMatching(/a\.gz: cannot be read \(ENOENT/) },
      { path: at('logs', 'b.gz'), ingested: expect.objectContaining({ lines: 1 }) },
    ]);
  });
});

describe('the import secret', () => {
  it('is the same for every import while it exists', () => {
    expect(importSecret(home)).toHaveLength(32);
    expect(importSecret(home)).toEqual(importSecret(home));
    expect(readdirSync(home.root)).toEqual(['import-secret']);
  });

  it('is refused where it is none: hashes without a key would tell addresses', () => {
    mkdirSync(home.root);
    writeFileSync(join(home.root, 'import-secret'), '');
    expect(() => importSecret(home)).toThrow(/64 hexadecimal digits, got 0 bytes: restore it/);
  });
});
