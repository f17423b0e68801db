/** The report as text of its own for a fixed-width reader: at most 78 columns, the same figures as the page. */
import {
  AUTOMATED_WORDS,
  BLOCKED_IMAGES,
  campaignName,
  campaignNote,
  contextCaveat,
  contextName,
  kindName,
  LOADS_ONLY,
  measureWords,
  NO_TRACKING,
  NOTHING_LOADED,
  PARTS,
  READ_RECEIPT,
} from './caveats.ts';
import { formatChange, formatCount, formatRange, formatShare, type Range } from './format.ts';
import { beforeWords, longDay } from './period.ts';
import type { CampaignRow, Report } from './report.ts';
import {
  besideSentence,
  campaignLines,
  changeSentence,
  changesSentence,
  completenessSentence,
  headlineFigure,
  invalidSentence,
  periodLine,
  repeatsSentence,
  rulesetSentence,
  smallNumberSentence,
  smallSentence,
  unregisteredSentence,
} from './sentences.ts';
import { columns, cut, indent, isText, wrap } from './text-layout.ts';

/** The whole text, ending with a line break. */
export function reportText(report: Report): string {
  const blocks = [
    [`clearpixel · ${periodLine(report)}`],
    headlineLines(report),
    campaignBlock(report),
    dayLines(report),
    automatedLines(report),
    contextLines(report),
    footLines(report),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const heading = (words: string): string => words.toUpperCase();

function headlineLines(report: Report): readonly string[] {
  const { headline } = report;
  const what = headline.measure === 'loads' ? 'Loads' : 'Displays';
  const figure = headline.measure === 'none' ? NOTHING_LOADED : headlineFigure(report);
  const parts = headline.parts;
  const partLines = PARTS.filter(({ part }) => parts !== null && parts[part] > 0).map(
    ({ part, words }) => [formatCount(parts?.[part] ?? 0), words] as const,
  );
  const note = `${READ_RECEIPT} ${headline.measure === 'loads' ? LOADS_ONLY : BLOCKED_IMAGES}`;
  const machines =
    headline.automated === 0 ? [] : [[formatCount(headline.automated), AUTOMATED_WORDS] as const];
  return [
    heading(what),
    ...indent([figure, changeSentence(report)].filter(isText)),
    '',
    ...block(indent(columns([...partLines, ...machines], ['right', 'left']))),
    ...wrap(besideSentence(report)),
    ...wrap(note),
  ];
}

/** Lines with an empty one after them; nothing for none. */
const block = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [...lines, '']);

function campaignBlock(report: Report): readonly string[] {
  const { campaigns, small, smallNumber, unregistered } = report;
  if (campaigns.length === 0 && small.length === 0 && unregistered === 0) return [];
  const { lines, rest } = campaignLines(report);
  return [
    heading('Campaigns'),
    ...(campaigns.length === 0 ? [] : indent(campaignTable(lines))),
    ...rest.flatMap((sentence) => wrap(sentence)),
    ...small.flatMap((part) => wrap(smallSentence(part, smallNumber))),
    ...wrap(unregisteredSentence(report)),
  ];
}

/** A name of its own line each: names may be as long as 64 characters. */
function campaignTable(campaigns: readonly CampaignRow[]): readonly string[] {
  const figures = columns(
    [
      ['', 'at least – at most', 'change', 'machines'],
      ...campaigns.map((row) => [
        campaignNote(row),
        formatRange(row.range),
        changeWord(row),
        formatShare(row.automated, row.loads),
      ]),
    ],
    ['left', 'right', 'right', 'right'],
  );
  const [head = '', ...lines] = figures;
  return [
    head,
    ...lines.flatMap((line, index) => [cut(campaignName(campaigns[index]?.id ?? '')), `  ${line}`]),
  ].map((line, index) => (index === 0 ? `  ${line}` : line));
}

function changeWord({ change, isNew }: CampaignRow): string {
  if (change !== null) return formatChange(change);
  return isNew ? 'new' : '–';
}

function dayLines({ days, period, headline, smallNumber }: Report): readonly string[] {
  if (headline.measure === 'none' || days.length < 2) return [];
  const before = days.some(({ previous }) => previous !== null);
  const cell = (range: Range | null) => (range === null ? `<${smallNumber}` : formatRange(range));
  const rows = days.map(({ day, range, previous }) => [
    longDay(day),
    cell(range),
    ...(before ? [cell(previous)] : []),
  ]);
  const what = headline.measure === 'loads' ? 'all loads' : 'displays';
  const head = ['', what, ...(before ? [beforeWords(period)] : [])];
  return [heading('Day by day'), ...indent(columns([head, ...rows], ['left', 'right', 'right']))];
}

function automatedLines(report: Report): readonly string[] {
  const { automated, invalid } = report;
  if (automated.length === 0 && invalid.length === 0) return [];
  const rows = automated.map(({ kind, loads, agents }) => [
    formatCount(loads),
    agents.length === 0 ? kindName(kind) : `${kindName(kind)} (${agents.join(', ')})`,
  ]);
  return [
    heading('Not people'),
    ...indent(columns(rows, ['right', 'left'])),
    ...wrap(invalidSentence(report)),
  ];
}

function contextLines({ contexts, otherContexts }: Report): readonly string[] {
  if (contexts.length === 0) return [];
  const lines = contexts.flatMap(({ medium, measure, range }) => [
    range === null
      ? `${contextName(medium)}: no figure, too small`
      : `${contextName(medium)}: ${formatRange(range)} ${measureWords(measure)}`,
    ...indent(wrap(contextCaveat(medium), 74)),
  ]);
  const other =
    otherContexts === null
      ? []
      : [`Those without a figure, together: ${formatRange(otherContexts)} displays`];
  return [heading('What each context can tell'), ...indent([...lines, ...other])];
}

function footLines(report: Report): readonly string[] {
  return [
    heading('Can I trust it?'),
    ...wrap(completenessSentence(report)),
    ...wrap(rulesetSentence(report)),
    ...wrap(changesSentence(report)),
    ...wrap(repeatsSentence(report)),
    ...wrap(`${smallNumberSentence(report)} ${NO_TRACKING}`),
  ];
}
