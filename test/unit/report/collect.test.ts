import { expect, test } from 'vitest';
import { reportHtml } from '../../../core/report/html.ts';
import { changesSentence, completenessSentence, summarySentence } from '../../../core/report/sentences.ts';
import { reportText } from '../../../core/report/text.ts';
import {
  campaignRow,
  type GivenRows,
  IMPORTED,
  NOTHING_AT_ALL,
  PERIOD,
  reportOf,
  TINY,
  UNREGISTERED_ONLY,
} from './given-rows.ts';
import { WEEK } from './given-week.ts';

const campaignsOf = (...campaigns: ReturnType<typeof campaignRow>[]): GivenRows => ({
  [PERIOD.from]: { campaigns },
});

test('adds up copies and visitors, and the parts make the range', async () => {
  const { headline } = await reportOf(WEEK);
  const { direct = 0, atDisplay = 0, regardless = 0, unknown = 0 } = headline.parts ?? {};
  expect(headline.range).toEqual({
    atLeast: direct + atDisplay,
    atMost: direct + atDisplay + regardless + unknown,
  });
  expect(headline.range).toEqual({ atLeast: 12_410, atMost: 19_811 });
});

test('never adds loads to displays, but names their campaigns', async () => {
  const { campaigns, headline } = await reportOf(WEEK);
  expect(campaigns.filter(({ measure }) => measure === 'loads').map(({ id, range }) => [id, range])).toEqual([
    ['signature', { atLeast: 210, atMost: 480 }],
  ]);
  expect(headline.measure).toBe('displays');
});

test('sorts by at most, and counts the opted-out loads of a campaign with it', async () => {
  const { campaigns } = await reportOf(WEEK);
  expect(campaigns.map(({ id }) => id)).toEqual([
    'spring-sale',
    'weekly-digest-47',
    'landing-black-friday',
    'partner-note',
    'handbook-2026',
    'signature',
  ]);
  expect(campaigns[0]).toMatchObject({
    media: ['email'],
    units: ['message'],
    loads: 13_412,
    automated: 1450,
  });
});

test('shows no change where the campaign was folded before, and "new" where it was not there', async () => {
  const { campaigns } = await reportOf(WEEK);
  const change = Object.fromEntries(
    campaigns.map(({ id, change, isNew }) => [id, isNew ? 'new' : change?.toFixed(2)]),
  );
  expect(change).toMatchObject({ 'spring-sale': '0.31', 'handbook-2026': undefined, 'partner-note': 'new' });
});

test('calls nothing new in a first period', async () => {
  const { campaigns, headline, days } = await reportOf({ [PERIOD.from]: WEEK[PERIOD.from] ?? {} });
  expect(campaigns.filter(({ isNew, change }) => isNew || change !== null)).toEqual([]);
  expect([headline.previous, headline.change]).toEqual([null, null]);
  expect(days.filter(({ previous }) => previous !== null)).toEqual([]);
});

test('names small campaigns without a figure, and tells them together where that is large enough', async () => {
  expect((await reportOf(WEEK)).small).toEqual([
    { measure: 'displays', names: ['board-letter', 'pilot'], together: { atLeast: 13, atMost: 14 } },
  ]);
  expect((await reportOf(TINY)).small).toEqual([{ measure: 'displays', names: ['pilot'], together: null }]);
});

test('says fewer than k where nothing is left', async () => {
  const { headline, campaigns } = await reportOf(TINY);
  expect([headline.range, headline.parts, campaigns]).toEqual([null, null, []]);
});

test('folds a campaign to protect the only small one', async () => {
  const { campaigns, small } = await reportOf(
    campaignsOf(
      campaignRow('large', 'page', 'visitor', { direct: 500 }),
      campaignRow('middle', 'page', 'visitor', { direct: 40 }),
      campaignRow('tiny', 'page', 'visitor', { direct: 9 }),
    ),
  );
  expect(campaigns.map(({ id }) => id)).toEqual(['large']);
  expect(small).toEqual([
    { measure: 'displays', names: ['middle', 'tiny'], together: { atLeast: 49, atMost: 49 } },
  ]);
});

test('counts loads where no campaign has a unit', async () => {
  const { headline, days, contexts } = await reportOf(IMPORTED);
  expect(headline).toMatchObject({ measure: 'loads', range: { atLeast: 1020, atMost: 1970 }, parts: null });
  expect(days[0]?.range).toEqual({ atLeast: 310, atMost: 310 });
  expect(contexts).toEqual([{ medium: 'email', measure: 'loads', range: { atLeast: 120, atMost: 260 } }]);
});

test('keeps failed loads and tests apart from machines', async () => {
  const { automated, invalid, headline } = await reportOf(IMPORTED);
  expect(automated).toEqual([{ kind: 'crawler', loads: 740, agents: ['Googlebot'] }]);
  expect(invalid).toEqual([{ kind: 'status', loads: 21, agents: [] }]);
  expect(headline.automated).toBe(740);
});

test('shows unregistered names as one number only', async () => {
  const report = await reportOf(WEEK);
  expect(report.unregistered).toBe(41);
  expect(JSON.stringify(report)).not.toContain('(unregistered)');
});

test('adds lines up from loads and drops', async () => {
  const { lines, loads, drops } = (await reportOf(WEEK)).completeness;
  expect(lines).toBe(loads + drops.reduce((sum, drop) => sum + drop.lines, 0));
});

test.each([
  { name: 'was not asked', requests: null, says: '; nothing lost.' },
  {
    name: 'counted more',
    requests: 50,
    says: 'CloudFront counted 50 requests: 82% of them are here, others may come late.',
  },
  { name: 'counted as much', requests: 41, says: 'CloudFront counted 41 requests: none is missing here.' },
  {
    name: 'counted less so far',
    requests: 40,
    says: 'CloudFront counted 40 requests: none is missing here.',
  },
])('holds the lines against CloudFront, which $name', async ({ requests, says }) => {
  const week = { ...UNREGISTERED_ONLY[PERIOD.from], requests: [{ requests }] };
  const sentence = completenessSentence(await reportOf({ [PERIOD.from]: week })).replaceAll('\u202f', '');
  expect(sentence.slice(-says.length)).toBe(says);
});

test.each([
  { requests: null, summary: 'Week 47: nothing of a registered campaign was loaded' },
  { requests: 43, summary: 'Week 47: nothing of a registered campaign was loaded' },
  {
    requests: 50,
    summary: 'Week 47: nothing of a registered campaign was loaded; only 82% of the logs are here',
  },
])('says in one line that logs of $requests requests are missing', async ({ requests, summary }) => {
  const week = { ...UNREGISTERED_ONLY[PERIOD.from], requests: [{ requests }] };
  const said = summarySentence(await reportOf({ [PERIOD.from]: week }));
  expect(said.replaceAll('\u202f', '')).toBe(summary);
});

test('has a place for every day, with or without rows', async () => {
  const given = { [PERIOD.from]: { ...WEEK[PERIOD.from], days: WEEK[PERIOD.from]?.days?.slice(0, 5) ?? [] } };
  const { days } = await reportOf(given);
  expect(days.map(({ day, range }) => [day.slice(8), range?.atMost ?? null])).toEqual([
    ['16', 1910],
    ['17', 6480],
    ['18', 4210],
    ['19', 2380],
    ['20', 2060],
    ['21', null],
    ['22', null],
  ]);
});

test('says that nothing was loaded', async () => {
  const { headline, campaigns, small, contexts } = await reportOf(NOTHING_AT_ALL);
  expect([headline.measure, headline.range, campaigns, small, contexts]).toEqual(['none', null, [], [], []]);
});

test('tells loads of unregistered names where nothing else was loaded', async () => {
  const report = await reportOf(UNREGISTERED_ONLY);
  expect([report.headline.measure, report.unregistered]).toEqual(['none', 41]);
});

test('tells a change of rules inside the period, oldest first', async () => {
  expect((await reportOf(IMPORTED)).rulesets.map(({ ruleset }) => ruleset)).toEqual([
    '2026-11-18-aaaa',
    '2026-11-20-bbbb',
  ]);
});

test('tells loads of the period that were classified again', async () => {
  const change = {
    changed_ms: Date.parse('2026-11-27T10:00:00Z'),
    ruleset_before: '2026-11-18-aaaa',
    ruleset: '2026-11-26-cccc',
    first_day: '2026-11-16',
    last_day: '2026-11-18',
  };
  const report = await reportOf({ '2026-11-16': { ...IMPORTED['2026-11-16'], changes: [change] } });
  const sentence =
    'Loads of Mon 16 Nov to Wed 18 Nov were classified again on Fri 27 Nov, by rules 2026-11-26-cccc in place of 2026-11-18-aaaa.';
  expect(changesSentence(report)?.replaceAll('\u00a0', ' ')).toBe(sentence);
  expect(reportHtml(report).replaceAll('\u00a0', ' ')).toContain(sentence);
  expect(reportText(report).replaceAll(/\s+/g, ' ')).toContain(sentence);
});
