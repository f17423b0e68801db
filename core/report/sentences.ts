/** Sentences that page, mail and text share word for word, so that a figure is never told in two ways. */
import { campaignName, dropWords, kindName, measureWords, REPEATS } from './caveats.ts';
import { sumRanges } from './fold.ts';
import {
  counted,
  fewerThan,
  formatChange,
  formatCount,
  formatRange,
  formatShare,
  listed,
  roundRange,
} from './format.ts';
import { beforeWords, longDay, periodDates, periodTitle } from './period.ts';
import type { CampaignRow, Completeness, Report, SmallCampaigns } from './report.ts';

/** "Week 47 · 16–22 Nov 2026". */
export const periodLine = ({ period }: Report): string =>
  [periodTitle(period), periodDates(period)].filter((part) => part !== null).join(' · ');

/** The headline's figure: "12 300 – 19 900", "fewer than 10", "none". */
export function headlineFigure({ headline, smallNumber }: Report): string {
  if (headline.measure === 'none') return 'none';
  return headline.range === null ? fewerThan(smallNumber) : formatRange(roundRange(headline.range));
}

/** "up 8 % against the week before (11 400 – 18 300)"; null without a comparison. */
export function changeSentence({ headline, period }: Report): string | null {
  if (headline.change === null || headline.previous === null) return null;
  const before = `${beforeWords(period)} (${formatRange(roundRange(headline.previous))})`;
  return `${formatChange(headline.change)} against ${before}`;
}

/** More lines than anyone reads in a minute: the rest is told together. */
const LINES = 50;
const NAMES = 12;

export interface CampaignLines {
  readonly lines: readonly CampaignRow[];
  /** "12 more campaigns, together 340 – 610 displays."; one sentence per measure. */
  readonly rest: readonly string[];
}

/** The first campaigns as lines of a table, the others as sentences. */
export function campaignLines({ campaigns }: Report): CampaignLines {
  const rest = campaigns.slice(LINES);
  const sentences = (['displays', 'loads'] as const).flatMap((measure) => {
    const own = rest.filter((row) => row.measure === measure).map(({ range }) => range);
    const together = `together ${formatRange(sumRanges(own))} ${measureWords(measure)}`;
    return own.length === 0 ? [] : [`${counted(own.length, 'more campaign')}, ${together}.`];
  });
  return { lines: campaigns.slice(0, LINES), rest: sentences };
}

const named = (ids: readonly string[]): string => {
  const names = ids.slice(0, NAMES).map(campaignName);
  return listed(ids.length > NAMES ? [...names, `${formatCount(ids.length - NAMES)} more`] : names);
};

/** Campaigns that are counted in loads, named beside a headline of displays; null where there are none. */
export function besideSentence({ headline, campaigns }: Report): string | null {
  if (headline.measure !== 'displays') return null;
  const rows = campaigns.filter(({ measure }) => measure === 'loads');
  if (rows.length === 0) return null;
  const figures = rows
    .slice(0, NAMES)
    .map(({ id, range }) => `${campaignName(id)} (${formatRange(range)} loads)`);
  const more = rows.length > NAMES ? [`${formatCount(rows.length - NAMES)} more`] : [];
  return `Beside it, known in loads only: ${listed([...figures, ...more])}.`;
}

/** "Told together, as one of them alone is too small: a, b and c, 14 – 22 displays." */
export function smallSentence(small: SmallCampaigns, smallNumber: number): string {
  const what = measureWords(small.measure);
  const names = named(small.names);
  if (small.together === null) return `With ${fewerThan(smallNumber)} ${what}: ${names}.`;
  return `Told together, as one of them alone is too small: ${names}, ${formatRange(small.together)} ${what}.`;
}

/** Nothing at all, or nothing that counts: a forgotten registration is no quiet week. */
export const nothingWords = ({ unregistered }: Report): string =>
  unregistered === 0 ? 'nothing was loaded' : 'nothing of a registered campaign was loaded';

/** What is left out for being small, and what a change compares. */
export const smallNumberSentence = ({ smallNumber }: Report): string =>
  `Campaigns, days and contexts with ${fewerThan(smallNumber)} displays have no figure. A change compares the middles of two ranges.`;

/** "Unregistered names: 41 loads."; null without. */
export const unregisteredSentence = ({ unregistered, smallNumber }: Report): string | null =>
  unregistered === 0 ? null : `Unregistered names: ${countOr(unregistered, 'load', fewerThan(smallNumber))}.`;

const countOr = (count: number | null, noun: string, words: string): string =>
  count === null ? `${words} ${noun}s` : counted(count, noun);

/** Lines, loads and drops, which add up; then CloudFront's own count, where it is known. */
export const completenessSentence = ({ completeness }: Report): string =>
  [linesSentence(completeness), requestsSentence(completeness)].filter((part) => part !== null).join(' ');

function linesSentence({ lines, loads, drops }: Completeness): string {
  if (lines === 0) return 'No log lines in this period.';
  const dropped = drops.reduce((sum, drop) => sum + drop.lines, 0);
  const reasons = drops.map((drop) => `${formatCount(drop.lines)} ${dropWords(drop.reason)}`).join(', ');
  const verdict = loads + dropped === lines ? 'nothing lost' : 'these do not add up';
  const tail = dropped === 0 ? 'none dropped' : `${formatCount(dropped)} dropped (${reasons})`;
  return `${counted(lines, 'log line')}: ${counted(loads, 'load')}, ${tail}; ${verdict}.`;
}

function requestsSentence({ lines, requests }: Completeness): string | null {
  if (requests === null) return null;
  const said = `CloudFront counted ${counted(requests, 'request')}`;
  if (lines >= requests) return `${said}: none is missing here.`;
  return `${said}: ${formatShare(lines, requests)} of them are here, others may come late.`;
}

/** Which rules labelled the loads, and since when where that changed inside the period. */
export function rulesetSentence({ rulesets }: Report): string | null {
  const newest = rulesets.at(-1);
  if (newest === undefined) return null;
  if (rulesets.length === 1) return `Rules ${newest.ruleset}.`;
  const earlier = listed(rulesets.slice(0, -1).map(({ ruleset }) => ruleset));
  return `Rules changed in this period: ${newest.ruleset} since ${longDay(newest.firstDay)}, before that ${earlier}; part of a change may come from that.`;
}

/** "Loads of Mon 16 Nov to Sun 22 Nov were classified again on Fri 27 Nov, by rules b in place of a."; one for each change. */
export function changesSentence({ changes }: Report): string | null {
  const told = changes.map(({ on, before, ruleset, firstDay, lastDay }) => {
    const days = firstDay === lastDay ? longDay(firstDay) : `${longDay(firstDay)} to ${longDay(lastDay)}`;
    return `Loads of ${days} were classified again on ${longDay(on)}, by rules ${ruleset} in place of ${before}.`;
  });
  return told.length === 0 ? null : told.join(' ');
}

/** Loads beyond the first, with their causes; null where there are none. */
export const repeatsSentence = ({ repeats, smallNumber }: Report): string | null =>
  repeats === 0 ? null : `${countOr(repeats, 'repeated load', `Fewer than ${smallNumber}`)}. ${REPEATS}`;

/** Loads that are neither people nor machines; null where there are none. */
export function invalidSentence({ invalid }: Report): string | null {
  if (invalid.length === 0) return null;
  const kinds = invalid.map(({ kind, loads }) => `${formatCount(loads)} ${kindName(kind).toLowerCase()}`);
  return `In no figure above: ${listed(kinds)}.`;
}

/** The headline in words, for a reader of one line: a mail's preheader, a page's description. */
export function summarySentence(report: Report): string {
  const { measure } = report.headline;
  const when = periodTitle(report.period) ?? periodDates(report.period);
  const missing = missingWords(report.completeness);
  if (measure === 'none') return `${when}: ${nothingWords(report)}${missing}`;
  const change = report.headline.change === null ? '' : `, ${formatChange(report.headline.change)}`;
  return `${when}: ${headlineFigure(report)} ${measureWords(measure)}${change}${missing}`;
}

/** CloudFront logs almost every request in the end: below this share the logs of the period are not all here. */
const COMPLETE = 0.95;

const missingWords = ({ lines, requests }: Completeness): string =>
  requests === null || lines >= COMPLETE * requests
    ? ''
    : `; only ${formatShare(lines, requests)} of the logs are here`;
