import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClassifier } from '../core/classify/classify.ts';
import { type IngestSettings, ingestLog } from '../core/ingest.ts';

/** Settings for the benchmark's logs: legacy ones are imported, v2 ones are one's own. */
export function benchSettings(name: string): IngestSettings {
  const settings = {
    classifier: createClassifier(),
    zones: [{ from: '2020-01-01', zone: 'UTC' }],
    assets: [],
  };
  return name === 'legacy' ? { ...settings, import: { secret: Buffer.alloc(32, 7) } } : settings;
}

/** Reads each log of a folder and writes each fresh file; answers the number of lines. */
export async function ingestFolder(name: string, from: string, to: string): Promise<number> {
  const settings = benchSettings(name);
  mkdirSync(to, { recursive: true });
  let lines = 0;
  for (const file of readdirSync(from)) {
    const log = { name: file, bytes: readFileSync(join(from, file)) };
    const ingested = await ingestLog(log, settings, ({ name, bytes }) =>
      writeFileSync(join(to, name), bytes),
    );
    lines += ingested.lines;
  }
  return lines;
}

/** The whole job of one process. */
if (import.meta.main) {
  const [name = '', from = '', to = ''] = process.argv.slice(2);
  process.stdout.write(`${await ingestFolder(name, from, to)}\n`);
}
