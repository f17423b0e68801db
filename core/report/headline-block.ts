/** The first block of the report: one range, large, what it is made of, and what it does not say. */
import {
  AUTOMATED_WORDS,
  BLOCKED_IMAGES,
  LOADS_ONLY,
  NOTHING_LOADED,
  PARTS,
  READ_RECEIPT,
} from './caveats.ts';
import { changeWords, formatCount, formatRange, type Range, roundRange } from './format.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { beforeWords, periodDates } from './period.ts';
import type { Parts, Report } from './report.ts';
import { besideSentence, headlineFigure, nothingWords } from './sentences.ts';

const CLASS_OF: Readonly<Record<keyof Parts, string>> = {
  direct: 'direct',
  atDisplay: 'at-display',
  regardless: 'regardless',
  unknown: 'unknown',
};

/** `badge` stands beside the figure: the local page puts the truth there. */
export function headlineBlock(report: Report, badge: Markup = NOTHING): Markup {
  const { headline } = report;
  if (headline.measure === 'none') return emptyBlock(report);
  const what = headline.measure === 'loads' ? 'Loads' : 'Displays';
  const words = headline.range === null ? ' words' : '';
  const beside = besideSentence(report);
  return html`<section class="card headline" aria-labelledby="headline">
<h2 id="headline">${what}, ${periodDates(report.period)}</h2>
<p class="figure${words}">${headlineFigure(report)} ${badge}</p>
${changeLine(report)}
${headline.parts === null ? NOTHING : partsBar(headline.parts, headline.automated)}
${beside === null ? NOTHING : html`<p class="beside">${beside}</p>`}
<p class="note">${READ_RECEIPT} ${headline.measure === 'loads' ? LOADS_ONLY : BLOCKED_IMAGES}</p>
</section>`;
}

function emptyBlock(report: Report): Markup {
  const { headline, period } = report;
  const words = nothingWords(report);
  const machines =
    headline.automated === 0
      ? NOTHING
      : html`<p class="beside">${formatCount(headline.automated)} ${AUTOMATED_WORDS}.</p>`;
  return html`<section class="card headline" aria-labelledby="headline">
<h2 id="headline">Displays, ${periodDates(period)}</h2>
<p class="figure words">${words[0]?.toUpperCase()}${words.slice(1)}</p>
${machines}
<p class="note">${NOTHING_LOADED} ${READ_RECEIPT} ${BLOCKED_IMAGES}</p>
</section>`;
}

function changeLine({ headline, period }: Report): Markup {
  const { change, previous } = headline;
  if (change === null || previous === null) return NOTHING;
  return html`<p class="change">${changeMark(change)} <span class="muted">against ${beforeWords(period)}
<span class="nowrap">(${formatRange(roundRange(previous))})</span></span></p>`;
}

/** "▲ 8 %", told as "up 8 %". */
export function changeMark(change: number): Markup {
  const { sign, word, amount } = changeWords(change);
  if (word === 'level') return html`<b class="nowrap">level</b>`;
  return html`<b class="${word} nowrap"><span class="sign ${word}-sign" aria-hidden="true">${sign}</span><span class="hidden">${word}</span> ${amount}</b>`;
}

function partsBar(parts: Parts, automated: number): Markup {
  const used = PARTS.filter(({ part }) => parts[part] > 0);
  const whole = used.reduce((sum, { part }) => sum + parts[part], 0);
  return html`<div class="bar" aria-hidden="true">${used.map(
    ({ part }) => html`<i class="${CLASS_OF[part]}" style="width:${percent(parts[part], whole)}"></i>`,
  )}</div>
<ul class="parts">${used.map(({ part, words }) => partItem(CLASS_OF[part], parts[part], words))}
${partItem('machine', automated, AUTOMATED_WORDS)}</ul>`;
}

const partItem = (name: string, figure: number, words: string): Markup =>
  html`<li><i class="swatch ${name}" aria-hidden="true"></i><span><b>${formatCount(figure)}</b> ${words}</span></li>`;

/** A length for a style: "33.33%". */
export const percent = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100}%`;

/** Whether a known figure lies inside the range. */
export const isInside = (figure: number, range: Range): boolean =>
  figure >= range.atLeast && figure <= range.atMost;
