/** The local page: the report's own blocks, and beside them what a mail cannot do. */
import { readFileSync } from 'node:fs';
import { automatedBlock, contextsBlock, daysBlock, footBlock } from '../../core/report/blocks.ts';
import { campaignsBlock } from '../../core/report/campaigns-block.ts';
import { formatCount } from '../../core/report/format.ts';
import { headlineBlock } from '../../core/report/headline-block.ts';
import { page } from '../../core/report/html.ts';
import { html, type Markup, NOTHING, raw, render } from '../../core/report/markup.ts';
import { type Period, periodDates } from '../../core/report/period.ts';
import type { Report } from '../../core/report/report.ts';
import { periodLine, summarySentence } from '../../core/report/sentences.ts';
import { REPORT_CSS } from '../../core/report/style.ts';
import type { PageTruth } from './deps.ts';
import { EXAMPLE_DOCUMENT } from './example-document.ts';
import { documentPanel, feedPanel, linkPanel, tryPanel } from './panels.ts';
import { labelsBlock, truthBadge } from './truth-block.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const CSS = REPORT_CSS + read('page.css') + read('panels.css');
export const SCRIPT = read('page.js');

export interface PageView {
  readonly report: Report;
  readonly truth: PageTruth | null;
  /** The period after the one shown; null where that is the newest. */
  readonly later: Period | null;
  readonly source: string;
  readonly zone: string;
  /** Origin under which the page was asked. */
  readonly origin: string;
  readonly campaigns: readonly string[];
  /** Random tokens of two readers of the example document. */
  readonly tokens: readonly string[];
}

/** Wide enough for the main column. */
const CHART = { width: 700, height: 220 } as const;

/** The whole page in one answer: style and script are in it. */
export function pageHtml(view: PageView): string {
  const { report, truth } = view;
  const body = html`<header class="top"><div><a class="brand" href="/">clearpixel</a>
<nav aria-label="Parts of the page"><a href="#headline">Report</a><a href="#live">Live</a><a href="#links">Links</a><a href="#days">Days</a></nav>
<p>${sourceLine(view)}</p></div></header>
<main class="columns">
${periodLinks(view)}
<div class="main"><h1 class="hidden">clearpixel, ${periodLine(report)}</h1>
${headlineBlock(report, truthBadge(truth, report.headline.range))}
${campaignsBlock(report, truth?.campaigns ?? null)}
${daysBlock(report, CHART)}
${automatedBlock(report)}
${labelsBlock(truth)}
${contextsBlock(report)}
${footBlock(report)}</div>
<div class="side">
${tryPanel(view.origin)}
${feedPanel()}
${view.campaigns.includes(EXAMPLE_DOCUMENT.id) ? documentPanel(view.tokens) : NOTHING}
${linkPanel(view.campaigns)}
</div>
</main>
<script type="module">${raw(SCRIPT)}</script>`;
  return render(page({ title: `clearpixel – ${summarySentence(report)}`, css: CSS, body }));
}

function periodLinks({ report, later }: PageView): Markup {
  const link = (words: string, period: Period) =>
    html`<a href="/?period=${period.from}..${period.until}">${words}: ${periodDates(period)}</a>`;
  return html`<nav class="periods" aria-label="Other periods">${link('Earlier', report.previous)}
${later === null ? NOTHING : link('Later', later)}</nav>`;
}

function sourceLine({ report, truth, source, zone }: PageView): Markup {
  const parts = truth === null ? reportParts(report) : truthParts(truth);
  return html`${['local', source, ...parts, zone].map(
    (part, index) => html`${index === 0 ? NOTHING : ' · '}<span class="nowrap">${part}</span>`,
  )}`;
}

const reportParts = ({ completeness }: Report): readonly string[] => [
  `${formatCount(completeness.lines)} log lines in this period`,
];

function truthParts({ seed, lines, linesFound }: PageTruth): readonly string[] {
  const lost = lines - linesFound;
  return [
    `seed ${seed}`,
    `${formatCount(lines)} log lines`,
    lost === 0 ? 'nothing lost' : `${formatCount(lost)} lost`,
  ];
}
