/** What only a simulation can show: the truth beside the headline, and the labels against it. */
import { formatCount, type Range } from '../../core/report/format.ts';
import { isInside } from '../../core/report/headline-block.ts';
import { html, type Markup, NOTHING } from '../../core/report/markup.ts';
import type { LabelTruth, PageTruth } from './deps.ts';

/** "truth 15 597, inside" beside the headline's range. */
export function truthBadge(truth: PageTruth | null, range: Range | null): Markup {
  if (truth === null || range === null) return NOTHING;
  const inside = isInside(truth.displays, range);
  return html`<span class="badge ${inside ? 'good' : 'bad'}">truth ${formatCount(truth.displays)}, ${inside ? 'inside' : 'outside'}</span>`;
}

/** Labels against the truth, with the most frequent mistake of each. */
export function labelsBlock(truth: PageTruth | null): Markup {
  if (truth === null || truth.labels.length === 0) return NOTHING;
  return html`<section class="card labels" aria-labelledby="labels">
<h2 id="labels">Labels against the truth <small>load by load, all simulated days; opted-out loads have no label</small></h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="labels"><table>
<thead><tr><th scope="col">Label</th><th scope="col" class="number">Loads</th><th scope="col" class="number">Right</th>
<th scope="col" class="number">Wrong</th><th scope="col">Most frequent mistake</th></tr></thead>
<tbody>${truth.labels.map(labelLine)}</tbody></table></div>
</section>`;
}

/** "99.1 %", rounded down: what is not all never reads as all. */
function preciseShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  const tenths = Math.floor((1000 * part) / whole) / 10;
  return `${tenths === 100 ? '100' : tenths.toFixed(1)}\u202f%`;
}

const labelLine = ({
  label,
  loads,
  right,
  wrong,
  mistake,
}: LabelTruth): Markup => html`<tr><th scope="row">${label.replaceAll('_', ' ')}</th>
<td class="number">${formatCount(loads)}</td><td class="number">${preciseShare(right, loads)}</td>
<td class="number">${formatCount(wrong)}</td><td class="muted">${mistake ?? '–'}</td></tr>`;
