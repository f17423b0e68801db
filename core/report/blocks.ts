/** The blocks below the campaigns: days, machines, contexts, foot. */
import { contextCaveat, contextName, kindName, NO_TRACKING } from './caveats.ts';
import { type ChartSize, dayChart, PAGE_PALETTE } from './charts.ts';
import { fewerThan, formatCount, formatRange, type Range } from './format.ts';
import { html, type Markup, NOTHING, raw } from './markup.ts';
import { beforeWords, longDay } from './period.ts';
import type { ContextRow, DayCell, Report } from './report.ts';
import {
  changesSentence,
  completenessSentence,
  invalidSentence,
  repeatsSentence,
  rulesetSentence,
  smallNumberSentence,
} from './sentences.ts';

const PHONE: ChartSize = { width: 340, height: 210 };
const COLUMN: ChartSize = { width: 544, height: 200 };

/** The band per day, and the same figures as a table. */
export function daysBlock(report: Report, size: ChartSize = COLUMN): Markup {
  const { days, headline } = report;
  if (headline.measure === 'none' || days.length < 2) return NOTHING;
  const told = days.some(({ range }) => range !== null);
  const what = headline.measure === 'loads' ? 'Loads, machines included' : 'Displays';
  return html`<section class="card" aria-labelledby="days">
<h2 id="days">Day by day</h2>
${told ? chartFigure(report, size) : html`<p class="muted">${what}: ${fewerThan(report.smallNumber)} on every day.</p>`}
<details><summary>The same figures as a table</summary>${dayTable(report, what)}</details>
</section>`;
}

function chartFigure({ days, period, headline }: Report, size: ChartSize): Markup {
  const before = days.some(({ previous }) => previous !== null);
  const label = `Chart of ${headline.measure} per day; the table below it has the figures`;
  return html`<figure class="chart"><div class="broad" role="img" aria-label="${label}">${raw(dayChart(days, size, PAGE_PALETTE))}</div>
<div class="narrow" role="img" aria-label="${label}">${raw(dayChart(days, PHONE, PAGE_PALETTE))}</div>
${before ? html`<figcaption><span class="dash" aria-hidden="true"></span>middle of ${beforeWords(period)}</figcaption>` : NOTHING}</figure>`;
}

function dayTable({ days, period, smallNumber }: Report, what: string): Markup {
  const before = days.some(({ previous }) => previous !== null);
  const line = ({ day, range, previous }: DayCell) => html`<tr><th scope="row">${longDay(day)}</th>
<td class="number">${cell(range, smallNumber)}</td>${before ? html`<td class="number muted">${cell(previous, smallNumber)}</td>` : NOTHING}</tr>`;
  return html`<table><thead><tr><th scope="col">Day</th><th scope="col" class="number">${what}</th>
${before ? html`<th scope="col" class="number">${beforeWords(period)}</th>` : NOTHING}</tr></thead>
<tbody>${days.map(line)}</tbody></table>`;
}

const cell = (range: Range | null, smallNumber: number): string =>
  range === null ? `<${smallNumber}` : formatRange(range);

/** What was left out, by kind, with the best-known agents by name. */
export function automatedBlock(report: Report): Markup {
  const { automated, invalid } = report;
  if (automated.length === 0 && invalid.length === 0) return NOTHING;
  const rest = invalidSentence(report);
  return html`<section class="card" aria-labelledby="automated">
<h2 id="automated">Not people</h2>
<ul class="kinds">${automated.map(
    ({ kind, loads, agents }) =>
      html`<li><span>${kindName(kind)} <small>${agents.join(', ')}</small></span><b>${formatCount(loads)}</b></li>`,
  )}</ul>
${rest === null ? NOTHING : html`<p class="after">${rest}</p>`}
</section>`;
}

/** What each context present can tell. */
export function contextsBlock(report: Report): Markup {
  const { contexts, otherContexts } = report;
  if (contexts.length === 0) return NOTHING;
  const other =
    otherContexts === null
      ? NOTHING
      : html`<tr><th scope="row">Those without a figure</th><td class="range">${formatRange(otherContexts)}</td><td>Together.</td></tr>`;
  return html`<section class="card contexts" aria-labelledby="contexts">
<h2 id="contexts">What each context can tell</h2>
<table><thead class="hidden"><tr><th scope="col">Context</th><th scope="col">At least – at most</th><th scope="col">Caveat</th></tr></thead>
<tbody>${contexts.map(contextLine)}${other}</tbody></table>
</section>`;
}

const contextLine = ({
  medium,
  range,
  measure,
}: ContextRow): Markup => html`<tr><th scope="row">${contextName(medium)}</th>
<td class="range">${range === null ? html`<span class="muted">–</span>` : formatRange(range)}${range !== null && measure === 'loads' ? html` <small class="muted">loads</small>` : NOTHING}</td>
<td>${contextCaveat(medium)}</td></tr>`;

/** Whether the figures can be trusted. */
export function footBlock(report: Report): Markup {
  const rules = rulesetSentence(report);
  const changes = changesSentence(report);
  const repeats = repeatsSentence(report);
  return html`<footer class="foot">
<p><b>Complete?</b> ${completenessSentence(report)}</p>
${rules === null ? NOTHING : html`<p>${rules}</p>`}
${changes === null ? NOTHING : html`<p>${changes}</p>`}
${repeats === null ? NOTHING : html`<p>${repeats}</p>`}
<p>${smallNumberSentence(report)} ${NO_TRACKING}</p>
</footer>`;
}
