import type { IngestClassifier } from '../core/ingest-settings.ts';
import type { Preview } from '../core/reclassify/preview.ts';
import {
  beginAt,
  type Progress,
  previewSpan,
  type Reclassification,
  type ReclassifySql,
  reclassifySpan,
  recountLeft,
  type Span,
} from '../core/reclassify/reclassify.ts';
import type { CommandsHost } from './commands.ts';
import { noteDays } from './upkeep.ts';

/** What `clearpixel reclassify` puts below registry/commands/. */
export interface ReclassifyCommand {
  readonly reclassify: Span & {
    /** Rules whose effect was shown and agreed to; without them it is only shown. */
    readonly ruleset?: string;
  };
  /** How far an earlier call came before it was cut off. */
  readonly begun?: Progress;
}

export type ReclassifyAnswer = Preview | Progress | { readonly problem: string };

/** What a merge needs for it; the rules take a moment to compile, and most calls are asked for nothing. */
export interface ReclassifyTools {
  readonly sql: ReclassifySql;
  readonly classifier: () => IngestClassifier;
}

/** Shows or does a re-classification; `keep` writes the command anew, with what was begun. */
export async function reclassifyLoads(
  { reclassify: wish, begun }: ReclassifyCommand,
  { data, due, warehouse, sql, now, reclassify }: CommandsHost,
  keep: (command: ReclassifyCommand) => Promise<void>,
): Promise<ReclassifyAnswer> {
  const classifier = reclassify.classifier();
  const what: Reclassification = { warehouse, sql: reclassify.sql, merge: sql, classifier, due };
  if (wish.ruleset === undefined) return previewSpan(what, wish);
  if (wish.ruleset !== classifier.ruleset) {
    if (begun !== undefined) await recountLeft(what, begun);
    return { problem: otherRules(wish.ruleset, classifier.ruleset) };
  }
  return reclassifySpan(what, wish, begun ?? beginAt(now), async (progress) => {
    await noteDays(data, progress.left);
    await keep({ reclassify: wish, begun: progress });
  });
}

const otherRules = (agreed: string, inForce: string): string =>
  `rules ${agreed} were agreed to, and by now the stack has ${inForce}: run the command again to see what these change`;
