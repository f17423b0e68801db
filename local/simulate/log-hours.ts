import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatLogFile, logFileName } from '../cloudfront-log.ts';
import { createRandom, type Random } from './random.ts';

/** Distribution that simulated objects are named after: whatever else lies in a log folder is someone's traffic. */
export const SIMULATED_DISTRIBUTION = 'E2SIMULATION01';

const HOUR = 3_600_000;
/** A busy hour is delivered in several objects. */
const MOST_LINES = 20_000;
/** Share of quiet hours in two or three objects, and of hours of which a part comes hours later. */
const SPLIT = 0.3;
const LATE = 0.08;

interface LateObject {
  readonly dueMs: number;
  readonly hourMs: number;
  readonly lines: readonly string[];
}

/** Writes the lines of each hour as CloudFront delivers them: in several objects, some late, no order within. */
export function createLogHours(folder: string, seed: number) {
  const random = createRandom(seed, 'log objects');
  let waiting: LateObject[] = [];
  let files = 0;
  const write = async (hourMs: number, lines: readonly string[]) => {
    if (lines.length === 0) return;
    files += 1;
    const unique = Math.floor(random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
    const name = logFileName(SIMULATED_DISTRIBUTION, hourMs, unique);
    await writeFile(join(folder, name), formatLogFile(shuffle([...lines], random)));
  };
  const deliver = async (untilMs: number) => {
    const due = waiting.filter(({ dueMs }) => dueMs <= untilMs);
    waiting = waiting.filter(({ dueMs }) => dueMs > untilMs);
    for (const { hourMs, lines } of due) await write(hourMs, lines);
  };
  return {
    /** Delivers what is due, then this hour. */
    async add(hourMs: number, lines: readonly string[]): Promise<void> {
      await deliver(hourMs);
      const late = random.chance(LATE);
      const rest = late ? lines.filter((_, place) => place % 9 > 0) : lines;
      const dueMs = hourMs + (2 + random.below(20)) * HOUR;
      if (late) waiting.push({ dueMs, hourMs, lines: lines.filter((_, place) => place % 9 === 0) });
      for (const part of split(rest, random)) await write(hourMs, part);
    },
    /** Delivers what is still late; gives the number of objects written. */
    async close(): Promise<number> {
      await deliver(Number.POSITIVE_INFINITY);
      return files;
    },
  };
}

function split(lines: readonly string[], random: Random): readonly (readonly string[])[] {
  const more = random.chance(SPLIT) ? 1 + random.below(2) : 0;
  const parts: string[][] = Array.from(
    { length: 1 + more + Math.floor(lines.length / MOST_LINES) },
    () => [],
  );
  for (const line of lines) random.item(parts).push(line);
  return parts;
}

function shuffle(lines: string[], random: Random): string[] {
  for (let place = lines.length - 1; place > 0; place -= 1) {
    const other = random.below(place + 1);
    [lines[place], lines[other]] = [lines[other] ?? '', lines[place] ?? ''];
  }
  return lines;
}
