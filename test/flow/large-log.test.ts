import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** MiB that the ingest function takes at most, whatever the size of a log object: docs/decisions.md. */
const MOST_MEMORY = 768;

test.each([
  { format: 'gzip', mebibytes: 1_024 },
  { format: 'json', mebibytes: 256 },
])(
  'a log object of $mebibytes MiB ($format) goes in whole, in bounded memory',
  ({ format, mebibytes }) => {
    const script = new URL('ingest-large.ts', import.meta.url).pathname;
    const answer = execFileSync(process.execPath, [script, format, String(mebibytes)], { encoding: 'utf8' });
    const { batchItemFailures, said, lines, memory } = JSON.parse(answer);
    expect(batchItemFailures).toEqual([]);
    expect(said).toMatchObject([{ message: 'ingested', lines, rows: lines, drops: {} }]);
    expect(lines).toBeGreaterThan(mebibytes * 1_000);
    expect(memory).toBeLessThan(MOST_MEMORY);
  },
  180_000,
);
