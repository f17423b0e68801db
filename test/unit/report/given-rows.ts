/** A warehouse that answers the report's queries from given rows: the days decide, as `where dt between ? and ?` does. */
import { REPORT_QUERIES, type ReportQuery, type ReportSql } from '../../../core/report/answers.ts';
import { collectReport } from '../../../core/report/collect.ts';
import type { Report } from '../../../core/report/report.ts';
import type { Row, Warehouse } from '../../../core/warehouse.ts';

/** Rows per query and period, keyed by the period's first day. */
export type GivenRows = Readonly<Record<string, Partial<Record<ReportQuery, readonly Row[]>>>>;

/** The name of a query stands for its text: the fake knows no SQL. */
export const QUERY_NAMES = Object.fromEntries(REPORT_QUERIES.map((query) => [query, query])) as ReportSql;

export const fakeWarehouse = (given: GivenRows): Warehouse => ({
  query: async (sql, [from = ''] = []) => given[from]?.[sql as ReportQuery] ?? [],
  run: async () => {
    throw new Error('a report changes nothing');
  },
});

/** Week 47 of 2026, of which the rows below tell. */
export const PERIOD = { from: '2026-11-16', until: '2026-11-22' };

/** The report that the given rows make of that week. */
export const reportOf = (given: GivenRows, smallNumber = 10): Promise<Report> =>
  collectReport(fakeWarehouse(given), QUERY_NAMES, PERIOD, { smallNumber });

/** A row of campaigns.sql; what is left out is 0. */
export const campaignRow = (campaign: string, medium: string, unit: string, figures: Row = {}): Row => {
  const parts = { direct: 0, at_display: 0, regardless: 0, unknown: 0, ...figures };
  const atLeast = Number(parts.direct) + Number(parts.at_display);
  const atMost = atLeast + Number(parts.regardless) + Number(parts.unknown);
  return {
    campaign,
    medium,
    unit,
    at_least: atLeast,
    at_most: atMost,
    loads: atMost,
    loads_at_least: atLeast,
    loads_at_most: atMost,
    automated: 0,
    repeats: 0,
    first_day: '2026-11-16',
    last_day: '2026-11-22',
    ...parts,
  };
};

const DAYS = ['16', '17', '18', '19', '20', '21', '22'].map((day) => `2026-11-${day}`);
/** Rows of days.sql, or of campaign_days.sql with a campaign's names. */
export const days = (
  least: readonly number[],
  most: readonly number[],
  extra: Row = {},
  names = DAYS,
): readonly Row[] =>
  names.map((dt, index) => ({
    dt,
    at_least: least[index] ?? 0,
    at_most: most[index] ?? 0,
    loads: (most[index] ?? 0) + 10,
    automated: 10,
    ...extra,
  }));

/** Somebody forgot to register a campaign. */
export const UNREGISTERED_ONLY: GivenRows = {
  '2026-11-16': {
    campaigns: [campaignRow('(unregistered)', '', '', { unknown: 41 })],
    quality: [{ reason: '', lines: 41, loads: 41 }],
  },
};

/** A first period with too little to tell. */
export const TINY: GivenRows = {
  '2026-11-16': {
    campaigns: [campaignRow('pilot', 'page', 'visitor', { direct: 3, unknown: 2, loads: 9, automated: 4 })],
    days: days([0, 3], [0, 5]),
    campaign_days: days([0, 3], [0, 5], { campaign: 'pilot', medium: 'page' }),
    contexts: [{ medium: 'page', unit: 'visitor', at_least: 3, at_most: 5, loads: 9, automated: 4 }],
    automated: [{ kind: 'crawler', agent: 'GPTBot', loads: 4 }],
    quality: [{ reason: '', lines: 9, loads: 9 }],
    rulesets: [{ ruleset: '2026-11-20-1a2b3c4d', first_day: '2026-11-17', last_day: '2026-11-17', loads: 9 }],
  },
};

/** Imported logs: nothing tells copies or visitors apart, and the rules changed in between. */
export const IMPORTED: GivenRows = {
  '2026-11-16': {
    campaigns: [
      campaignRow('(none)', '', '', {
        loads: 2400,
        loads_at_least: 900,
        loads_at_most: 1710,
        automated: 690,
      }),
      campaignRow('summer', 'email', '', {
        loads: 310,
        loads_at_least: 120,
        loads_at_most: 260,
        automated: 50,
      }),
    ],
    days: days([], [300, 320, 410, 380, 500, 400, 330]),
    campaign_days: [
      ...days([], [250, 270, 360, 330, 450, 350, 320], { campaign: '(none)', medium: '' }),
      ...days([], [40, 40, 40, 40, 40, 40, 0], { campaign: 'summer', medium: 'email' }),
    ],
    contexts: [
      { medium: '', unit: '', loads: 2400, loads_at_least: 900, loads_at_most: 1710, automated: 690 },
      { medium: 'email', unit: '', loads: 310, loads_at_least: 120, loads_at_most: 260, automated: 50 },
    ],
    automated: [
      { kind: 'crawler', agent: 'Googlebot', loads: 740 },
      { kind: 'status', agent: '', loads: 21 },
    ],
    quality: [
      { reason: '', lines: 2731, loads: 2731 },
      { reason: 'bad_line', lines: 1, loads: 0 },
    ],
    rulesets: [
      { ruleset: '2026-11-18-aaaa', first_day: '2026-11-16', last_day: '2026-11-19', loads: 1500 },
      { ruleset: '2026-11-20-bbbb', first_day: '2026-11-20', last_day: '2026-11-22', loads: 1231 },
    ],
  },
};

export const NOTHING_AT_ALL: GivenRows = {};
