import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Truth } from './truth.ts';

const CHUNK = 50_000;

/** Writes truth.json piece by piece: the labels of a million loads are too long for one comfortable string. */
export function writeTruth(path: string, truth: Truth): void {
  const file = openSync(path, 'w');
  try {
    const { labels, ...rest } = truth;
    writeSync(file, `${JSON.stringify(rest, null, 1).slice(0, -2)},\n "labels": {`);
    Object.entries(labels).forEach(([name, values], place) => {
      writeSync(file, `${place === 0 ? '' : ','}\n  "${name}": [`);
      for (let at = 0; at < values.length; at += CHUNK) {
        const part = JSON.stringify(values.slice(at, at + CHUNK)).slice(1, -1);
        writeSync(file, at === 0 ? part : `,${part}`);
      }
      writeSync(file, ']');
    });
    writeSync(file, '\n }\n}\n');
  } finally {
    closeSync(file);
  }
}

/** Reads truth.json; null where no simulation wrote one. */
export function readTruth(path: string): Truth | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Truth;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${path} is not the truth of a simulation: run simulate again`, { cause: error });
  }
}
