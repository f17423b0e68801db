import { describe, expect, test } from 'vitest';
import { reportHtml } from '../../../core/report/html.ts';
import { reportText } from '../../../core/report/text.ts';
import {
  campaignRow,
  IMPORTED,
  NOTHING_AT_ALL,
  PERIOD,
  reportOf,
  TINY,
  UNREGISTERED_ONLY,
} from './given-rows.ts';
import { WEEK } from './given-week.ts';

const CASES = [
  { name: 'a week', given: WEEK },
  { name: 'tiny numbers', given: TINY },
  { name: 'imported logs', given: IMPORTED },
  { name: 'nothing', given: NOTHING_AT_ALL },
  { name: 'unregistered names only', given: UNREGISTERED_ONLY },
];

/** What a reader sees, without the charts: their figures stand in tables. */
const words = (html: string): string =>
  html
    .replace(/<(style|svg|script)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
const figures = (text: string): readonly string[] => text.match(/\d+(\u202f\d{3})*/g) ?? [];
const without = (some: readonly string[], others: readonly string[]) =>
  some.filter((figure) => !others.includes(figure));

describe.each(CASES)('$name', ({ given }) => {
  test('tells the same figures on the page as in the text', async () => {
    const report = await reportOf(given);
    const [page, text] = [figures(words(reportHtml(report))), figures(reportText(report))];
    expect({ onPageOnly: without(page, text), inTextOnly: without(text, page) }).toEqual({
      onPageOnly: [],
      inTextOnly: [],
    });
  });

  test('flatters with no word', async () => {
    const report = await reportOf(given);
    const said = `${words(reportHtml(report))} ${reportText(report)}`.replaceAll('not a read receipt', '');
    expect(said.match(/\b(opened|opens?|open rate|read by|reads?|readers?|unique)\b/gi)).toBeNull();
  });

  test('asks nothing of anyone: no script, no remote address', async () => {
    const page = reportHtml(await reportOf(given)).replaceAll(/xmlns(:\w+)?="[^"]*"/g, '');
    expect(page.match(/<script|https?:|url\((?!#)|@import|<img/g)).toBeNull();
  });
});

test('does not call a week empty in which unregistered names were loaded', async () => {
  const report = await reportOf(UNREGISTERED_ONLY);
  const page = reportHtml(report);
  for (const told of [words(page), reportText(report)])
    expect(told).toContain('Unregistered names: 41 loads.');
  expect(page).not.toMatch(/nothing was loaded/i);
  expect(page).toContain('Week 47: nothing of a registered campaign was loaded');
});

test('tells the campaigns beyond the fiftieth together', async () => {
  const campaigns = Array.from({ length: 62 }, (_, index) =>
    campaignRow(`c${index}`, 'page', 'visitor', { direct: 1000 - index }),
  );
  const page = words(reportHtml(await reportOf({ [PERIOD.from]: { campaigns } })));
  expect(page).toContain('12 more campaigns, together 11\u202f334 displays.');
  expect(page).not.toContain('c50 ');
});

test('is the same text each time', async () => {
  const report = await reportOf(WEEK);
  expect(reportHtml(report)).toBe(reportHtml(report));
});

test('takes names as text, whatever they hold', async () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&';
  const evil = { kind: hostile, agent: hostile, loads: 5 };
  const page = reportHtml(
    await reportOf({
      [PERIOD.from]: {
        campaigns: [
          campaignRow(hostile, hostile, 'message', { direct: 500 }),
          campaignRow(`${hostile}2`, 'email', 'message', { direct: 3 }),
        ],
        contexts: [{ medium: hostile, unit: 'message', at_least: 500, at_most: 500, loads: 500 }],
        automated: [evil],
        quality: [{ reason: hostile, lines: 3, loads: 0 }],
        rulesets: [{ ruleset: hostile, first_day: '2026-11-16', last_day: '2026-11-22', loads: 5 }],
      },
    }),
  );
  expect(page).not.toContain('<img');
  expect(page.split('&lt;img src=x onerror=alert(1)&gt;').length).toBeGreaterThan(5);
});
