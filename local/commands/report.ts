import { writeFileSync } from 'node:fs';
import { collectReport } from '../../core/report/data.ts';
import { reportHtml } from '../../core/report/html.ts';
import { parsePeriod } from '../../core/report/period.ts';
import { reportText } from '../../core/report/text.ts';
import { smallNumberOn } from '../../core/schema/settings.ts';
import { dayOf } from '../../core/zones.ts';
import { openWarehouse } from '../duckdb.ts';
import { homeAt } from '../home.ts';
import { lastSevenDays } from '../period.ts';
import { readZones } from '../registry-files.ts';
import { readSettings } from '../settings.ts';
import { reportSql } from '../sql-texts.ts';
import { blameInput, EXIT, type Terminal, UsageError } from '../terminal.ts';

export interface ReportOptions {
  readonly home: string;
  readonly config: string;
  readonly period?: string;
  readonly format: 'text' | 'html';
  readonly out?: string;
}

export async function report(options: ReportOptions, terminal: Terminal): Promise<number> {
  const config = await readSettings(options.config);
  const asked = options.period;
  const period = asked === undefined ? null : blameInput(() => parsePeriod(asked));
  const home = homeAt(options.home);
  const today = dayOf(Date.now(), readZones(home, config.timeZone));
  const warehouse = await openWarehouse(home, { config });
  try {
    const shown = period ?? (await lastSevenDays(warehouse, today));
    if (shown === null) throw new UsageError('there are no loads yet: ingest logs first, or name a --period');
    const data = await collectReport(warehouse, reportSql(), shown, {
      smallNumber: smallNumberOn(shown.until, config.thresholds),
    });
    const text = terminal.json
      ? JSON.stringify(data)
      : options.format === 'html'
        ? reportHtml(data)
        : reportText(data);
    if (options.out === undefined) terminal.print(text);
    else writeFileSync(options.out, text);
  } finally {
    await warehouse.close();
  }
  return EXIT.done;
}
