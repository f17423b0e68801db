import type { Logger } from '@aws-lambda-powertools/logger';
import { REGISTRY_FILES } from '../core/layout.ts';
import type { Publish } from '../core/metrics.ts';
import type { ReportSql } from '../core/report/answers.ts';
import { collectReport } from '../core/report/collect.ts';
import { reportHtml } from '../core/report/html.ts';
import { lastWeek } from '../core/report/period.ts';
import type { Report } from '../core/report/report.ts';
import { summarySentence } from '../core/report/sentences.ts';
import { reportText } from '../core/report/text.ts';
import { smallNumberOn, type Threshold } from '../core/schema/settings.ts';
import type { Warehouse } from '../core/warehouse.ts';
import { dayOf, type ZoneHistory } from '../core/zones.ts';
import type { BucketObjects } from './bucket.ts';
import { type ClaimOptions, claimOnce, type Sent } from './claim.ts';
import type { Mail } from './report-mail.ts';

export interface ReportHost {
  readonly data: BucketObjects;
  readonly warehouse: Warehouse;
  readonly sql: ReportSql;
  readonly thresholds: readonly Threshold[];
  readonly from: string;
  readonly to: readonly string[];
  readonly skipEmpty: boolean;
  /** When the schedule fired; a repeated call has the same. */
  readonly scheduled: number;
  readonly now: () => number;
  readonly holder: string;
  readonly send: (mail: Mail) => Promise<void>;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  readonly publish: Publish;
}

/** Longer than SES takes to answer, shorter than the wait before Lambda's second attempt. */
const SEND_MS = 45_000;

/** Reports the last whole week to the config's recipients, once. */
export async function sendReport(host: ReportHost): Promise<Sent | 'empty'> {
  const zones = await host.data.readJson<ZoneHistory>(REGISTRY_FILES.zones);
  const period = lastWeek(dayOf(host.scheduled, zones));
  const smallNumber = smallNumberOn(period.until, host.thresholds);
  const report = await collectReport(host.warehouse, host.sql, period, { smallNumber });
  if (host.skipEmpty && report.headline.measure === 'none' && report.unregistered === 0) {
    host.logger.info('nothing was loaded, no mail is sent', { period });
    return 'empty';
  }
  const sent = await claimOnce(claimOf(host, period), () => host.send(mailOf(host, report))).catch(
    (error) => {
      host.logger.error('the report was not sent: mend what the error names, and the next attempt sends it', {
        period,
        from: host.from,
        error: error as Error,
      });
      throw error;
    },
  );
  host.publish({ ReportsSent: sent === 'sent' ? 1 : 0 });
  host.logger.info('report', { period, outcome: sent, recipients: host.to.length });
  return sent;
}

/** Made when all is ready to be sent: the queries may have taken longer than the claim lasts. */
function claimOf(host: ReportHost, { from, until }: Report['period']): ClaimOptions {
  const now = host.now();
  return {
    data: host.data,
    holder: host.holder,
    now,
    until: now + SEND_MS,
    key: `${REGISTRY_FILES.reports}${from}..${until}.all.json`,
  };
}

const mailOf = ({ from, to }: ReportHost, report: Report): Mail => ({
  from,
  to,
  subject: `clearpixel: ${summarySentence(report)}`,
  html: reportHtml(report),
  text: reportText(report),
});
