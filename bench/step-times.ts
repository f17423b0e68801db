import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../core/batch.ts';
import { LogRows } from '../core/events/log-rows.ts';
import type { IngestSettings } from '../core/ingest.ts';
import { unpackLog } from '../core/log/gzip.ts';
import { SourceReader } from '../core/log/source.ts';
import { encodeParquet, ROWS_PER_GROUP } from '../core/parquet/encode.ts';
import { EVENT_COLUMNS } from '../core/schema.ts';

/** Takes the time of what an ingest does; what lies between two steps is the scan of the lines. */
class Clock {
  readonly times = new Map<string, number>();
  #last = process.cpuUsage().user;

  /** Ends what went on since the last call. */
  end(step: string): void {
    const now = process.cpuUsage().user;
    this.times.set(step, (this.times.get(step) ?? 0) + (now - this.#last) / 1000);
    this.#last = process.cpuUsage().user;
  }
}

/** Milliseconds that each step of the ingest takes over all logs of a folder, in this process. */
export async function timeSteps(
  from: string,
  to: string,
  settings: IngestSettings,
): Promise<ReadonlyMap<string, number>> {
  const clock = new Clock();
  mkdirSync(to, { recursive: true });
  for (const object of readdirSync(from)) {
    const source = new SourceReader(readFileSync(join(from, object)));
    clock.end('read');
    const write = (batch: Batch): void => {
      clock.end('rows');
      const file = encodeParquet(batch, EVENT_COLUMNS);
      clock.end('parquet');
      writeFileSync(join(to, `${object}.parquet`), file);
      clock.end('write');
    };
    const log = new LogRows(object, settings, {
      rowsPerBatch: ROWS_PER_GROUP,
      run: (step, draft) => {
        clock.end(step.name === 'identity' ? 'scan' : 'between');
        step.run(draft);
        clock.end(step.name);
      },
    });
    for await (const text of unpackLog(object, source)) {
      clock.end('gunzip');
      for (const batch of log.add(text)) write(batch);
    }
    for (const batch of log.end()) write(batch);
  }
  return clock.times;
}
