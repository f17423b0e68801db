/** Judges inputs again, and writes the verdicts into statements: many inputs share few verdicts. */

import { flagsAgain } from '../events/outcome.ts';
import type { IngestClassifier } from '../ingest-settings.ts';
import { MERGE_LIMITS } from '../merge/plan.ts';
import { fillLists, writeText } from '../merge/sql-lists.ts';
import type { Row } from '../warehouse.ts';

/** What one statement says. */
interface Batch {
  readonly inputs: string[];
  /** Number of each verdict by its text. */
  readonly verdicts: Map<string, number>;
  length: number;
}

const newBatch = (): Batch => ({ inputs: [], verdicts: new Map(), length: 0 });

/** The statements that keep the verdicts on these inputs, the answer of sql/merge/inputs.sql. */
export function verdictStatements(
  sql: string,
  classifier: IngestClassifier,
  inputs: readonly Row[],
  listLength = MERGE_LIMITS.listLength,
): readonly string[] {
  const batches = [newBatch()];
  for (const row of inputs) {
    const verdict = judge(row, classifier);
    let batch = batches.at(-1) as Batch;
    if (batch.length > listLength) {
      batch = newBatch();
      batches.push(batch);
    }
    add(batch, row, verdict);
  }
  return batches
    .filter((batch) => batch.inputs.length > 0)
    .map(({ inputs: listed, verdicts }) =>
      fillLists(sql, {
        ruleset: [classifier.ruleset],
        inputs: listed,
        verdicts: [...verdicts].map(([text, number]) => `(${number}, ${text})`),
      }),
    );
}

function add(batch: Batch, row: Row, verdict: string): void {
  const known = batch.verdicts.get(verdict);
  const number = known ?? batch.verdicts.size;
  if (known === undefined) {
    batch.verdicts.set(verdict, number);
    batch.length += verdict.length;
  }
  const input = `(${row['input_id']}, ${writeText(textOf(row, 'flags_before'))}, ${number})`;
  batch.inputs.push(input);
  batch.length += input.length;
}

/** The verdict on one input as literals, in the order of the columns of `verdicts`. */
function judge(row: Row, classifier: IngestClassifier): string {
  const asn = row['asn'];
  const verdict = classifier.classify({
    userAgent: textOrNull(row, 'user_agent'),
    asn: asn === null || asn === undefined ? null : Number(asn),
    country: textOrNull(row, 'country'),
    method: textOf(row, 'method'),
    refererHost: textOrNull(row, 'referer_host'),
    signals: textOf(row, 'signals'),
  });
  const flags = flagsAgain(textOf(row, 'flags_before'), verdict);
  const { kind, agent, confidence, reasons, device } = verdict;
  return [verdict.class, kind, agent, confidence, reasons.join(' '), flags, device].map(writeText).join(', ');
}

const textOrNull = (row: Row, column: string): string | null => {
  const value = row[column] ?? null;
  return value === null ? null : String(value);
};
const textOf = (row: Row, column: string): string => textOrNull(row, column) ?? '';
