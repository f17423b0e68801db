import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftEvents } from '../core/events/steps.ts';
import { buildBatch } from '../core/events/to-batch.ts';
import type { IngestSettings } from '../core/ingest.ts';
import { NEEDED_IMPORT } from '../core/log/format.ts';
import { unpackLog } from '../core/log/gzip.ts';
import { readLines } from '../core/log/lines.ts';
import { encodeParquet } from '../core/parquet/encode.ts';
import { EVENT_COLUMNS } from '../core/schema.ts';

const cpu = (): number => process.cpuUsage().user / 1000;

/** Milliseconds that each step of the ingest takes over all logs of a folder, in this process. */
export function timeSteps(from: string, to: string, settings: IngestSettings): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const timed = <T>(step: string, run: () => T): T => {
    const start = cpu();
    const result = run();
    times.set(step, (times.get(step) ?? 0) + cpu() - start);
    return result;
  };
  mkdirSync(to, { recursive: true });
  for (const object of readdirSync(from)) {
    const bytes = timed('read', () => readFileSync(join(from, object)));
    const text = timed('gunzip', () => unpackLog(object, bytes));
    const lines = timed('scan', () => readLines(text, { object, needed: NEEDED_IMPORT }));
    const draft = draftEvents(object, lines, settings, (step, ...args) =>
      timed(step.name, () => step.run(...args)),
    );
    const batch = timed('batch', () => buildBatch(draft));
    const file = timed('parquet', () => encodeParquet(batch, EVENT_COLUMNS));
    timed('write', () => writeFileSync(join(to, hash('sha256', file)), file));
  }
  return times;
}
