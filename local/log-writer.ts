import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';
import { type DeliveredLine, formatLogFile, formatLogLine, logFileName } from './cloudfront-log.ts';

/** Distribution that objects of the local pixel server are named after. */
const LOCAL_DISTRIBUTION = 'E2LOCALSERVE01';

const FLUSH_MS = 1_000;
const MOST_LINES = 1_000;

export interface LogWriter {
  add(line: DeliveredLine): void;
  /** Writes what is waiting; gives the paths of the files. */
  flush(): readonly string[];
  /** Flushes, and waits for nothing more. */
  close(): void;
}

/** Collects lines and writes them as CloudFront would deliver them, but within a second. */
export function createLogWriter(
  folder: string,
  onFile: (path: string) => void,
  warn: (problem: string) => void,
): LogWriter {
  let waiting: DeliveredLine[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): readonly string[] => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = [];
    return byHour(lines).map((hour) => writeHour(folder, hour, onFile));
  };
  const flushLater = (): void => {
    const lines = waiting;
    try {
      flush();
    } catch (error) {
      waiting = [...lines, ...waiting];
      warn(`the log file could not be written: ${error instanceof Error ? error.message : error}`);
    }
  };
  return {
    add(line) {
      waiting.push(line);
      if (waiting.length >= MOST_LINES) flushLater();
      else timer ??= setTimeout(flushLater, FLUSH_MS);
    },
    flush,
    close: () => void flush(),
  };
}

/** A log object is named for the UTC hour of its requests, so each hour gets its own. */
function byHour(lines: readonly DeliveredLine[]): readonly (readonly DeliveredLine[])[] {
  return [...Map.groupBy(lines, ({ timestampMs }) => Math.floor(timestampMs / 3_600_000)).values()];
}

function writeHour(folder: string, lines: readonly DeliveredLine[], onFile: (path: string) => void): string {
  const name = logFileName(LOCAL_DISTRIBUTION, lines[0]?.timestampMs ?? 0, randomBytes(4).toString('hex'));
  const path = join(folder, name);
  writeAtomically(path, formatLogFile(lines.map(formatLogLine)));
  onFile(path);
  return path;
}
