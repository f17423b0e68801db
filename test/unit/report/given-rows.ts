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
const days = (
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

/** Week 47 of 2026: five campaigns, one counted in loads, two small ones, an opted-out rest, machines, a week before. */
export const WEEK: GivenRows = {
  '2026-11-16': {
    campaigns: [
      campaignRow('spring-sale', 'email', 'message', {
        direct: 4480,
        at_display: 1640,
        regardless: 3640,
        unknown: 80,
        loads: 13_200,
        automated: 1450,
        repeats: 1910,
      }),
      campaignRow('spring-sale', '', '', { loads: 212 }),
      campaignRow('weekly-digest-47', 'email', 'message', {
        direct: 2070,
        at_display: 1310,
        regardless: 2600,
        unknown: 30,
        loads: 7340,
        automated: 660,
        repeats: 670,
      }),
      campaignRow('landing-black-friday', 'page', 'visitor', {
        direct: 1960,
        unknown: 150,
        loads: 5200,
        automated: 1144,
        repeats: 1946,
      }),
      campaignRow('handbook-2026', 'document', 'visitor', {
        direct: 610,
        unknown: 30,
        loads: 1300,
        automated: 39,
        repeats: 621,
      }),
      campaignRow('partner-note', 'email', 'message', {
        direct: 170,
        at_display: 157,
        regardless: 855,
        unknown: 15,
        loads: 1840,
        automated: 626,
      }),
      campaignRow('signature', 'email', '', {
        loads: 512,
        loads_at_least: 210,
        loads_at_most: 480,
        automated: 32,
      }),
      campaignRow('board-letter', 'email', 'message', { direct: 6, loads: 8 }),
      campaignRow('pilot', 'page', 'visitor', { direct: 7, unknown: 1, loads: 12 }),
      campaignRow('(unregistered)', '', '', { loads: 41, automated: 12 }),
    ],
    days: days([1210, 4120, 2650, 1500, 1300, 823, 797], [1910, 6480, 4210, 2380, 2060, 1390, 1361]),
    campaign_days: [
      ...days([210, 2900, 1500, 700, 500, 200, 110], [310, 4700, 2400, 1100, 800, 330, 200], {
        campaign: 'spring-sale',
        medium: 'email',
      }),
      ...days([0, 4, 1900, 700, 420, 200, 156], [0, 7, 3400, 1300, 700, 343, 260], {
        campaign: 'weekly-digest-47',
        medium: 'email',
      }),
      ...days([220, 250, 270, 300, 330, 300, 290], [240, 270, 300, 320, 350, 320, 310], {
        campaign: 'landing-black-friday',
        medium: 'page',
      }),
      ...days([110, 120, 125, 120, 115, 10, 10], [115, 125, 130, 125, 120, 12, 13], {
        campaign: 'handbook-2026',
        medium: 'document',
      }),
      ...days([0, 0, 0, 200, 80, 30, 17], [0, 0, 0, 700, 300, 120, 77], {
        campaign: 'partner-note',
        medium: 'email',
      }),
      ...days([], [60, 70, 80, 90, 100, 50, 62], { campaign: 'signature', medium: 'email' }),
    ],
    contexts: [
      {
        medium: 'email',
        unit: 'message',
        at_least: 9833,
        at_most: 17_053,
        loads: 22_388,
        loads_at_least: 9833,
        loads_at_most: 17_053,
        automated: 2736,
      },
      {
        medium: 'email',
        unit: '',
        at_least: 0,
        at_most: 0,
        loads: 512,
        loads_at_least: 210,
        loads_at_most: 480,
        automated: 32,
      },
      {
        medium: 'page',
        unit: 'visitor',
        at_least: 1967,
        at_most: 2118,
        loads: 5212,
        loads_at_least: 1967,
        loads_at_most: 2118,
        automated: 1144,
      },
      {
        medium: 'document',
        unit: 'visitor',
        at_least: 610,
        at_most: 640,
        loads: 1300,
        loads_at_least: 610,
        loads_at_most: 640,
        automated: 39,
      },
    ],
    automated: [
      { kind: 'scanner', agent: 'Microsoft Defender', loads: 1400 },
      { kind: 'scanner', agent: 'Mimecast', loads: 540 },
      { kind: 'preview', agent: 'Slack', loads: 210 },
      { kind: 'preview', agent: 'iMessage', loads: 100 },
      { kind: 'crawler', agent: 'GPTBot', loads: 245 },
      { kind: 'client', agent: 'curl', loads: 100 },
      { kind: 'monitor', agent: '', loads: 15 },
    ],
    quality: [
      { reason: '', lines: 29_665, loads: 29_665 },
      { reason: 'not_pixel', lines: 12, loads: 0 },
      { reason: 'bad_line', lines: 2, loads: 0 },
    ],
    rulesets: [
      { ruleset: '2026-11-20-1a2b3c4d', first_day: '2026-11-16', last_day: '2026-11-22', loads: 29_665 },
    ],
  },
  '2026-11-09': {
    campaigns: [
      campaignRow('spring-sale', 'email', 'message', { direct: 4672, regardless: 2800, loads: 9000 }),
      campaignRow('weekly-digest-47', 'email', 'message', { direct: 3520, regardless: 2740, loads: 7000 }),
      campaignRow('landing-black-friday', 'page', 'visitor', { direct: 1750, unknown: 134, loads: 4000 }),
      campaignRow('handbook-2026', 'document', 'visitor', { direct: 598, unknown: 28, loads: 1100 }),
      campaignRow('pilot', 'page', 'visitor', { direct: 3, loads: 3 }),
      campaignRow('board-letter', 'email', 'message', { direct: 937, regardless: 5098, loads: 7000 }),
    ],
    days: days(
      [1800, 2200, 2100, 1900, 1700, 900, 880],
      [2600, 3500, 3300, 3100, 2700, 1600, 1480],
      {},
      ['09', '10', '11', '12', '13', '14', '15'].map((day) => `2026-11-${day}`),
    ),
    quality: [{ reason: '', lines: 28_103, loads: 28_103 }],
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
