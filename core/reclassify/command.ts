/** `clearpixel reclassify`, wherever the tables lie: shows what would change, asks, and changes it. */
import { isDay } from '../day.ts';
import { EXIT, type Terminal, UsageError } from '../terminal.ts';
import type { Preview } from './preview.ts';
import { EVERY_DAY, type Progress, type Span } from './reclassify.ts';
import { doneLine, previewLines } from './words.ts';

export interface ReclassifyOptions {
  /** First and last day. @default every day that is kept */
  readonly since?: string;
  readonly until?: string;
  /** Only show what would change. */
  readonly dryRun?: boolean;
  /** Change it without a question. */
  readonly yes?: boolean;
}

/** Where tables lie: a home folder, or a deployed stack. */
export interface ReclassifyPlace {
  /** As one says it: "the stack ClearPixel". */
  readonly name: string;
  preview(span: Span): Promise<Preview>;
  /** By the rules that were previewed; refused where others are in force by now. */
  apply(span: Span, ruleset: string): Promise<Progress>;
}

/** Answers the exit code. */
export async function reclassifyIn(
  place: ReclassifyPlace,
  options: ReclassifyOptions,
  terminal: Terminal,
): Promise<number> {
  const span = checkSpan({
    since: options.since ?? EVERY_DAY.since,
    until: options.until ?? EVERY_DAY.until,
  });
  const preview = await place.preview(span);
  if (terminal.json) terminal.print(JSON.stringify(preview));
  else for (const line of previewLines(preview)) terminal.print(line);
  if (options.dryRun || preview.loads === 0) return EXIT.done;
  if (!options.yes && !(await agrees(terminal, place))) {
    terminal.warn('nothing was changed');
    return EXIT.failed;
  }
  const done = await place.apply(span, preview.ruleset);
  terminal.print(terminal.json ? JSON.stringify({ changed: done }) : doneLine(preview.ruleset, done));
  return EXIT.done;
}

/** Throws a sentence for what is no span of days. */
export function checkSpan({ since, until }: Span): Span {
  for (const day of [since, until])
    if (!isDay(day)) throw new UsageError(`a day is written yyyy-MM-dd, got ${JSON.stringify(day)}`);
  if (since > until)
    throw new UsageError(`--since is no later than --until, got ${since} and ${until}: swap them`);
  return { since, until };
}

async function agrees(terminal: Terminal, place: ReclassifyPlace): Promise<boolean> {
  if (terminal.ask === undefined)
    throw new UsageError(
      `nobody can be asked here: add --yes to change ${place.name} without a question, or --dry-run to change nothing`,
    );
  return terminal.ask(`change ${place.name}? [y/N] `);
}
