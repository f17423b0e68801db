/** What a person reads before agreeing to a re-classification, and after it. */
import { counted, formatCount, formatShare, listed } from '../report/format.ts';
import { tableLines } from '../table-lines.ts';
import type { Preview, Sides } from './preview.ts';
import type { Progress } from './reclassify.ts';

/** Sentences and three tables: by class, by campaign, by rule. */
export function previewLines(preview: Preview): readonly string[] {
  const { classes, campaigns, rules, loads, reworded } = preview;
  if (loads === 0) return [nothingLine(preview), ...bareLines(preview)];
  return [
    `rules ${preview.ruleset} in place of ${listed(preview.before.map(({ ruleset }) => ruleset))}: ` +
      `${counted(loads, 'load')} on ${daysWords(preview.days)} would be classified again`,
    ...bareLines(preview),
    `${counted(
      classes.reduce((sum, one) => sum + one.loads, 0),
      'load',
    )} would have another class or kind; ` +
      `${formatCount(reworded)} more another agent, confidence, reason, flag or device`,
    ...table(
      ['from', 'to', 'loads', 'share'],
      classes.map(({ from, to, loads: own }) => [from, to, formatCount(own), formatShare(own, loads)]),
      2,
    ),
    ...table(
      ['campaign', 'loads', 'change', 'loads at least', 'loads at most'],
      campaigns.map((one) => [
        one.campaign,
        formatCount(one.loads),
        formatCount(one.changed),
        sidesWords(one.atLeast),
        sidesWords(one.atMost),
      ]),
      1,
    ),
    ...table(
      ['decided by', 'loads'],
      rules.map(({ rule, loads: own }) => [rule, formatCount(own)]),
      1,
    ),
  ];
}

/** Told at the end. */
export const doneLine = (ruleset: string, { loads, days }: Progress): string =>
  loads === 0
    ? `nothing was changed: rules ${ruleset} judged every load already`
    : `${counted(loads, 'load')} on ${daysWords(days)} were classified by rules ${ruleset}, and the days counted again`;

const nothingLine = ({ ruleset }: Preview): string =>
  `nothing would change: rules ${ruleset} judged every load of these days`;

const bareLines = ({ bare }: Preview): readonly string[] =>
  bare === 0
    ? []
    : [
        `${counted(bare, 'load')} stay as they are: opt-outs, tests, refused requests, and loads whose user agent is past its days`,
      ];

const sidesWords = ({ before, after }: Sides): string =>
  before === after ? formatCount(before) : `${formatCount(before)} -> ${formatCount(after)}`;

const daysWords = (days: readonly string[]): string =>
  days.length === 1 ? `${days[0]}` : `${counted(days.length, 'day')} (${days[0]} to ${days.at(-1)})`;

/** Columns from `numbers` on are figures, and end below each other; no lines for a table without rows. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: number,
): readonly string[] {
  if (rows.length === 0) return [];
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  const padded = all.map((row) =>
    row.map((cell, at) => (at < numbers ? cell : cell.padStart(widths[at] ?? 0))),
  );
  return ['', ...tableLines(padded)];
}
