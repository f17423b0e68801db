import { describe, expect, test } from 'vitest';
import { type Cuts, ingestRows, ingestWhole } from './ingest-rows.ts';
import { fuzzCase } from './log-fuzz.ts';
import { referenceIngest } from './reference-parser.ts';

const FILES = 3_000;
const PER_TEST = 500;

/** Pieces smaller than a line, blocks and batches of a few. */
const cuts = (seed: number): Cuts => ({
  bytesPerPiece: 1 + (seed % 97),
  linesPerBlock: 1 + (seed % 5),
  rowsPerBatch: 1 + (seed % 7),
});

describe('the ingest agrees with a slow and plain parser, row by row', () => {
  test.each(Array.from({ length: FILES / PER_TEST }, (_, index) => ({ from: index * PER_TEST })))(
    'random logs from $from',
    ({ from }) => {
      for (let seed = from; seed < from + PER_TEST; seed++) {
        const { object, settings, text } = fuzzCase(seed);
        const { rows } = referenceIngest(object, settings);
        expect(ingestRows(object, settings), `seed ${seed}\n${text}`).toEqual(rows);
        expect(ingestRows(object, settings, cuts(seed)), `seed ${seed}, cut up\n${text}`).toEqual(rows);
      }
    },
  );
});

test('every line of a random log is in one of its rows', async () => {
  for (let seed = 0; seed < 500; seed++) {
    const { object, settings } = fuzzCase(seed);
    const { lines, rows } = referenceIngest(object, settings);
    const ingested = await ingestWhole(object, settings);
    const dropped = Object.values(ingested.drops).reduce((sum, count) => sum + count, 0);
    const loads = rows.filter((row) => row['class'] !== 'dropped').length;
    expect({ seed, lines: ingested.lines, sum: loads + dropped }).toEqual({ seed, lines, sum: lines });
    expect(ingested.fresh).toHaveLength(lines === 0 ? 0 : 1);
  }
});
