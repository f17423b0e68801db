/** The campaign table: which of mine did it? */
import { campaignName, campaignNote } from './caveats.ts';
import { fewerThan, formatCount, formatRange, formatShare, type Range } from './format.ts';
import { changeMark, isInside, percent } from './headline-block.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { daysOf, type Period, shortDay } from './period.ts';
import type { CampaignRow, Report } from './report.ts';
import { campaignLines, smallSentence, unregisteredSentence } from './sentences.ts';

/** What a simulation knows to be true, per campaign; only the local page has it. */
export type TruthByCampaign = ReadonlyMap<string, number>;

interface TableView {
  readonly period: Period;
  readonly smallNumber: number;
  readonly truth: TruthByCampaign | null;
  /** Figure at the right end of every bar. */
  readonly scale: number;
}

/** The table of campaigns, and below it what has no line of its own; nothing for a period without loads. */
export function campaignsBlock(report: Report, truth: TruthByCampaign | null = null): Markup {
  const { campaigns, small, unregistered: strangers } = report;
  if (campaigns.length === 0 && small.length === 0 && strangers === 0) return NOTHING;
  const note =
    truth === null ? NOTHING : html` <small>the red line is what the simulator knows to be true</small>`;
  const unregistered = unregisteredSentence(report);
  return html`<section class="card campaigns" aria-labelledby="campaigns">
<h2 id="campaigns">Campaigns${note}</h2>
${campaigns.length === 0 ? NOTHING : campaignTable(report, truth)}
${campaignLines(report).rest.map((sentence) => html`<p class="after">${sentence}</p>`)}
${small.map((part) => html`<p class="after">${smallSentence(part, report.smallNumber)}</p>`)}
${unregistered === null ? NOTHING : html`<p class="after">${unregistered}</p>`}
</section>`;
}

function campaignTable(report: Report, truth: TruthByCampaign | null): Markup {
  const { period, smallNumber, headline } = report;
  const { lines } = campaignLines(report);
  const displays = lines.filter(({ measure }) => measure === 'displays');
  const loads = lines.filter(({ measure }) => measure === 'loads');
  const body = (rows: readonly CampaignRow[]) => {
    const view = { period, smallNumber, truth, scale: scaleOf(rows, truth) };
    return rows.map((row) => campaignLine(row, view));
  };
  return html`<table>
<thead><tr><th scope="col">Campaign</th><th scope="col">At least – at most</th>
${truth === null ? NOTHING : html`<th scope="col">Truth</th>`}<th scope="col">Change</th>
<th scope="col" class="wide">${daysHeading(period)}</th><th scope="col" class="wide number">Machines</th></tr></thead>
${displays.length === 0 ? NOTHING : html`<tbody>${body(displays)}</tbody>`}
${loads.length === 0 ? NOTHING : html`<tbody>${headline.measure === 'displays' ? loadsHeading(truth) : NOTHING}${body(loads)}</tbody>`}
</table>`;
}

const loadsHeading = (truth: TruthByCampaign | null): Markup =>
  html`<tr><th scope="rowgroup" colspan="${truth === null ? 5 : 6}">Known in loads only, not part of the headline</th></tr>`;

const scaleOf = (rows: readonly CampaignRow[], truth: TruthByCampaign | null): number =>
  Math.max(1, ...rows.flatMap(({ id, range }) => [range.atMost, truth?.get(id) ?? 0]));

function campaignLine(row: CampaignRow, view: TableView): Markup {
  const { range, change, isNew, loads, automated } = row;
  const truth = row.measure === 'displays' ? view.truth?.get(row.id) : undefined;
  return html`<tr><th scope="row">${campaignName(row.id)}<small>${campaignNote(row)}</small></th>
<td class="measured"><span class="range"><b>${formatRange(range)}</b></span>${rangeBar(range, view.scale, truth)}</td>
${view.truth === null ? NOTHING : html`<td class="nowrap">${truthMark(truth, range)}</td>`}
<td class="nowrap">${change === null ? html`<span class="muted">${isNew ? 'new' : '–'}</span>` : changeMark(change)}</td>
<td class="wide days">${dayBars(row, view)}</td>
<td class="wide number muted">${formatShare(automated, loads)}</td></tr>`;
}

function rangeBar({ atLeast, atMost }: Range, scale: number, truth: number | undefined): Markup {
  const mark = truth === undefined ? NOTHING : html`<s style="left:${percent(truth, scale)}"></s>`;
  return html`<div class="bar" aria-hidden="true"><i class="direct" style="width:${percent(atLeast, scale)}"></i><i
class="rest" style="width:${percent(atMost - atLeast, scale)}"></i>${mark}</div>`;
}

/** "8 010 ✓" in green, or by how much the range misses it. */
function truthMark(truth: number | undefined, range: Range): Markup {
  if (truth === undefined) return html`<span class="muted">–</span>`;
  if (isInside(truth, range)) {
    return html`<b>${formatCount(truth)}</b> <span class="sign yes-sign" aria-hidden="true">✓</span><span class="hidden">inside the range</span>`;
  }
  const distance = truth < range.atLeast ? range.atLeast - truth : truth - range.atMost;
  const side = truth < range.atLeast ? 'below' : 'above';
  return html`<b>${formatCount(truth)}</b> <span class="miss">${formatCount(distance)} ${side}</span>`;
}

const BAR = { width: 5, gap: 2, height: 24, stub: 2 } as const;

/** One small bar per day, by the middle of its range; a folded day is a grey stub. */
function dayBars({ days }: CampaignRow, { period, smallNumber }: TableView): Markup {
  const names = daysOf(period);
  const peak = Math.max(1, ...days.map((range) => range?.atMost ?? 0));
  const told = days.map((range, index) => {
    const figure = range === null ? fewerThan(smallNumber) : formatRange(range);
    return `${shortDay(names[index] ?? period.from)}: ${figure}`;
  });
  const width = days.length * (BAR.width + BAR.gap) - BAR.gap;
  return html`<svg role="img" aria-label="${told.join(', ')}" width="${Math.min(width, 96)}" height="${BAR.height}"
viewBox="0 0 ${width} ${BAR.height}" preserveAspectRatio="none">${days.map((range, index) => dayBar(range, index, peak))}</svg>`;
}

function dayBar(range: Range | null, index: number, peak: number): Markup {
  const height = range === null ? BAR.stub : Math.max(BAR.stub, (BAR.height * range.atMost) / peak);
  const y = Math.round((BAR.height - height) * 10) / 10;
  return html`<rect${range === null ? html` class="small"` : NOTHING} x="${index * (BAR.width + BAR.gap)}" y="${y}" width="${BAR.width}" height="${Math.round(height * 10) / 10}"/>`;
}

function daysHeading(period: Period): string {
  const days = daysOf(period).map((day) => shortDay(day).slice(0, 3));
  return days.length === 7 ? `${days[0]}–${days[6]}` : 'By day';
}
