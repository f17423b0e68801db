import type { Campaign } from '../campaign.ts';
import { counted } from '../report/format.ts';
import { plain } from '../report/text-layout.ts';
import { EXIT, type Terminal, UsageError } from '../terminal.ts';
import type { Carried } from './carried.ts';
import { diffRegistries, isEmpty, type RegistryDiff } from './diff.ts';
import { diffLines, diffRecord } from './diff-lines.ts';
import { type RegistryFormat, writeRegistry } from './file.ts';
import { breaksOfHistory } from './history.ts';
import type { PlacedRegistry, RegistryPlace } from './place.ts';

/** What the registry should say, and the file that says so, if there is one. */
export interface Wanted {
  readonly campaigns: readonly Campaign[];
  readonly file: { readonly text: string; readonly format: RegistryFormat } | null;
}

export interface ChangeOptions {
  readonly now: number;
  /** Whether somebody has to agree before. */
  readonly asks: boolean;
}

/** Tells what would change, and refuses what would break history. */
export function tellChange(
  before: readonly Campaign[],
  after: readonly Campaign[],
  now: number,
  terminal: Terminal,
): RegistryDiff {
  const diff = diffRegistries(before, after);
  const breaks = breaksOfHistory(diff, now);
  if (terminal.json) terminal.print(JSON.stringify({ ...diffRecord(diff), refused: breaks }));
  else for (const line of diffLines(diff)) terminal.print(line);
  if (breaks.length === 0) return diff;
  throw new UsageError(
    ['this would break history, so nothing is changed:', ...breaks.map((line) => `  ${plain(line)}`)].join(
      '\n',
    ),
  );
}

/** Changes the registry in its place: shows the difference, asks where it should, and waits until the edge has it. */
export async function changeRegistry(
  place: RegistryPlace,
  present: PlacedRegistry | null,
  wanted: Wanted,
  { now, asks }: ChangeOptions,
  terminal: Terminal,
): Promise<number> {
  const diff = tellChange(present?.campaigns ?? [], wanted.campaigns, now, terminal);
  if (isEmpty(diff) && (await isCarried(place, present))) return EXIT.done;
  if (asks && !(await agrees(terminal, place))) {
    terminal.warn('nothing was changed');
    return EXIT.failed;
  }
  const format = present?.format ?? wanted.file?.format ?? 'csv';
  // The file as it was written by hand, unless the registry is of the other format.
  const text = wanted.file?.format === format ? wanted.file.text : writeRegistry(wanted.campaigns, format);
  tellCarried(await place.replace(present, text, format), terminal);
  return EXIT.done;
}

/** An earlier push may have ended before its end: then the same file is put once more, which starts edge-state again. */
async function isCarried(place: RegistryPlace, present: PlacedRegistry | null): Promise<boolean> {
  const carried = await place.carried();
  return carried?.problem === null && carried.etag === (present?.version ?? null);
}

async function agrees(terminal: Terminal, place: RegistryPlace): Promise<boolean> {
  if (terminal.ask === undefined)
    throw new UsageError(`nobody can be asked here: add --yes to change ${place.name} without a question`);
  return terminal.ask(`change ${place.name}? [y/N] `);
}

function tellCarried(carried: Carried, terminal: Terminal): void {
  const { at, campaigns, put, removed } = carried;
  const written = counted(put, 'entry', 'entries');
  const sentence = `the edge store has it since ${at}: ${counted(campaigns, 'campaign')}, ${written} written, ${removed} removed`;
  terminal.print(terminal.json ? JSON.stringify({ carried }) : sentence);
}
