import { createClassifier } from '../../core/classify/classify.ts';
import type { IngestSettings } from '../../core/ingest.ts';
import { agedLines } from '../../core/merge/aged-words.ts';
import { ageHome } from '../age.ts';
import { listAssets } from '../assets.ts';
import { clockOf } from '../clock.ts';
import { openWarehouse } from '../duckdb.ts';
import { type Home, homeAt } from '../home.ts';
import { closeImport, importSecret } from '../import-secret.ts';
import { type ImportedCampaigns, importedCampaigns } from '../imported-campaigns.ts';
import { type FileResult, ingestFiles } from '../ingest-files.ts';
import { findLogFiles, isBelow } from '../log-files.ts';
import { mergeFresh } from '../merge.ts';
import { readSettings } from '../settings.ts';
import { EXIT, type Terminal, UsageError } from '../terminal.ts';
import { withWarehouse } from '../with-warehouse.ts';

export interface IngestOptions {
  readonly args: readonly string[];
  readonly home: string;
  readonly config: string;
  readonly import?: boolean;
  readonly asset?: string;
  readonly fields?: string;
  readonly closeImport?: boolean;
}

/** Parses the files, merges what came of them, and says what happened to every line. */
export async function ingest(options: IngestOptions, terminal: Terminal): Promise<number> {
  const config = await readSettings(options.config);
  const home = homeAt(options.home);
  const files = findLogFiles(options.args, home);
  if (files.length === 0)
    throw new UsageError(`no file below ${options.args.join(', ')}: name a folder with log files`);
  if (options.import === true && files.some((file) => isBelow(file, home.logs)))
    throw new UsageError(`${home.logs} holds clearpixel's own logs, got --import: ingest them without it`);
  const campaigns = options.import === true ? importedCampaigns(home) : null;
  const clock = clockOf(home, config);
  const due = clock.due();
  const settings: IngestSettings = {
    classifier: createClassifier(),
    zones: clock.zones,
    assets: listAssets(config.assets),
    ...importSettings(options, home, campaigns),
  };
  const totals = { lines: 0, rows: 0, unreadable: 0, drops: {} as Record<string, number> };
  let done = 0;
  for await (const result of ingestFiles(files, home, settings)) {
    done += 1;
    report(result, totals, terminal);
    terminal.progress(`${done} of ${files.length} files, ${totals.lines} lines`);
  }
  campaigns?.save();
  terminal.progress('merging');
  const merged = await withWarehouse(
    () => openWarehouse(home, { config }),
    (warehouse) => mergeFresh(warehouse, home, { due }),
  );
  if (!terminal.json) summarise(totals, files.length, merged, terminal);
  // A file that is mended later must get the same hashes.
  const closing = options.closeImport === true && totals.unreadable === 0;
  if (options.closeImport === true && !closing)
    terminal.warn('the import secret stays until every file is in: run this again');
  if (closing) closeImport(home);
  const aged = await ageHome(home, due, closing);
  for (const line of agedLines(aged, merged.tooOld))
    terminal.json ? terminal.warn(line) : terminal.print(line);
  return totals.unreadable === 0 ? EXIT.done : EXIT.unreadable;
}

function importSettings(
  options: IngestOptions,
  home: Home,
  campaigns: ImportedCampaigns | null,
): Pick<IngestSettings, 'import'> {
  if (campaigns === null) {
    if (options.asset !== undefined || options.fields !== undefined) {
      throw new UsageError('--asset and --fields describe imported logs: add --import');
    }
    return {};
  }
  return {
    import: {
      secret: importSecret(home),
      admits: campaigns.admits,
      ...(options.asset === undefined ? {} : { asset: pattern(options.asset) }),
      ...(options.fields === undefined
        ? {}
        : { fields: options.fields.split(/[\s,]+/).filter((name) => name !== '') }),
    },
  };
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new UsageError(
      `--asset takes a regular expression, got ${JSON.stringify(text)}: escape its special characters`,
    );
  }
}

interface Totals {
  lines: number;
  rows: number;
  unreadable: number;
  readonly drops: Record<string, number>;
}

function report(result: FileResult, totals: Totals, terminal: Terminal): void {
  if ('problem' in result) {
    totals.unreadable += 1;
    terminal.warn(result.problem);
    if (terminal.json) terminal.print(JSON.stringify({ object: result.path, error: result.problem }));
    return;
  }
  const { object, lines, rows, drops } = result.ingested;
  totals.lines += lines;
  totals.rows += rows;
  for (const [reason, count] of Object.entries(drops))
    totals.drops[reason] = (totals.drops[reason] ?? 0) + count;
  if (terminal.json)
    terminal.print(JSON.stringify({ object: result.path, log_object: object, lines, rows, drops }));
}

function summarise(
  totals: Totals,
  files: number,
  merged: { readonly inserted: number; readonly duplicates: number },
  terminal: Terminal,
): void {
  const drops = Object.entries(totals.drops).map(([reason, count]) => `${count} ${reason}`);
  terminal.print(
    `${files} files, ${totals.lines} lines: ${merged.inserted} new rows, ${merged.duplicates} already there`,
  );
  if (drops.length > 0) terminal.print(`lines that are no loads: ${drops.join(', ')}`);
  else if (totals.lines > 0) terminal.print('every line is a load');
  if (totals.unreadable > 0)
    terminal.print(`${totals.unreadable} files could not be parsed; mend them and run this again`);
}
