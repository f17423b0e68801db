import { writeFileSync } from 'node:fs';
import { collectReport } from '../../core/report/collect.ts';
import { reportHtml } from '../../core/report/html.ts';
import { parsePeriod } from '../../core/report/period.ts';
import { reportText } from '../../core/report/text.ts';
import { smallNumberOn } from '../../core/schema/settings.ts';
import { dayOf } from '../../core/zones.ts';
import { openWarehouse } from '../duckdb.ts';
import { homeAt } from '../home.ts';
import { lastSevenDays } from '../last-days.ts';
import { readZones } from '../registry-files.ts';
import { readSettings } from '../settings.ts';
import { reportSql } from '../sql-texts.ts';
import { blameInput, EXIT, type Terminal, UsageError } from '../terminal.ts';
import { withWarehouse } from '../with-warehouse.ts';

export interface ReportOptions {
  readonly home: string;
  readonly config: string;
  readonly period?: string;
  readonly format: 'text' | 'html';
  readonly out?: string;
}

const FORMATS = { html: reportHtml, text: reportText } as const;

/** Writes the report of a period, or of the last seven days with loads. */
export async function report(options: ReportOptions, terminal: Terminal): Promise<number> {
  const config = await readSettings(options.config);
  const asked = options.period;
  const period = asked === undefined ? null : blameInput(() => parsePeriod(asked));
  const home = homeAt(options.home);
  const today = dayOf(Date.now(), readZones(home, config.timeZone));
  const data = await withWarehouse(
    () => openWarehouse(home, { config }),
    async (warehouse) => {
      const shown = period ?? (await lastSevenDays(warehouse, today));
      if (shown === null)
        throw new UsageError('there are no loads yet: ingest logs first, or name a --period');
      const smallNumber = smallNumberOn(shown.until, config.thresholds);
      return collectReport(warehouse, reportSql(), shown, { smallNumber });
    },
  );
  const text = terminal.json ? JSON.stringify(data) : FORMATS[options.format](data);
  if (options.out === undefined) terminal.print(text);
  else writeFileSync(options.out, text);
  return EXIT.done;
}
