/** Charts as SVG text, drawn without a browser. Every figure in them stands in a table beside them too. */
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkPointComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatCount, middle, type Range } from './format.ts';
import { shortDay } from './period.ts';
import type { DayCell } from './report.ts';

use([LineChart, GridComponent, MarkPointComponent, SVGRenderer]);

/** Colours of a chart: literal ones for a picture, `var(--…)` for a page that knows light and dark. */
export interface Palette {
  readonly sure: string;
  readonly band: string;
  readonly edge: string;
  readonly quiet: string;
  readonly line: string;
  readonly text: string;
  /** Behind labels that lie on lines: the colour of the ground. */
  readonly halo: string;
}

export const PAGE_PALETTE: Palette = {
  sure: 'var(--sure)',
  band: 'var(--band)',
  edge: 'var(--likely)',
  quiet: 'var(--quiet)',
  line: 'var(--line)',
  text: 'var(--muted)',
  halo: 'var(--card)',
};

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** The band between at least and at most per day, the middle of the previous period as a thin line. */
export function dayChart(days: readonly DayCell[], size: ChartSize, palette: Palette): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'inherit', fontSize: 12 },
    grid: { left: 0, right: 0, top: 24, bottom: 0, outerBoundsMode: 'same' },
    xAxis: dayAxis(days, palette),
    yAxis: countAxis(palette),
    series: [...bandSeries(days, palette), previousSeries(days, palette)],
  });
  const svg = chart.renderToSVGString({ useViewBox: true });
  chart.dispose();
  return settled(svg, `chart${size.width}-`);
}

/** The library numbers its ids over the life of the process and adds rules for a pointer: neither belongs in a file. */
const settled = (svg: string, prefix: string): string =>
  svg
    .replaceAll(/zr\d+-/g, prefix)
    .replace(/<style[\s\S]*<\/style>/, '')
    .replaceAll(/ (class|ecmeta_\w+|pointer-events)="[^"]*"/g, '');

const dayAxis = (days: readonly DayCell[], { line, text }: Palette) => ({
  type: 'category',
  boundaryGap: false,
  data: days.map(({ day }) => shortDay(day)),
  axisLine: { lineStyle: { color: line } },
  axisTick: { show: false },
  axisLabel: { color: text, hideOverlap: true },
});

const countAxis = ({ line, text }: Palette) => ({
  type: 'value',
  splitNumber: 3,
  minInterval: 1,
  splitLine: { lineStyle: { color: line } },
  axisLabel: { color: text, formatter: shortCount },
});

const shortCount = (value: number): string => (value >= 1000 ? `${value / 1000}k` : String(value));

/** Two stacked lines make the band: at least, and on it the distance to at most. */
function bandSeries(days: readonly DayCell[], palette: Palette): readonly object[] {
  const { sure, band, edge } = palette;
  const peak = peakOf(days);
  const base = { type: 'line', stack: 'range', symbol: 'circle', emphasis: { disabled: true } };
  return [
    {
      ...base,
      data: days.map(({ range }) => range?.atLeast ?? null),
      symbolSize: 6,
      lineStyle: { color: sure, width: 2 },
      itemStyle: { color: sure },
    },
    {
      ...base,
      data: days.map(({ range }) => (range === null ? null : range.atMost - range.atLeast)),
      showSymbol: false,
      lineStyle: { color: edge, width: 1 },
      itemStyle: { color: edge },
      areaStyle: { color: band, opacity: 1 },
      z: 1,
      ...(peak === null ? {} : { markPoint: peakLabels(peak, palette) }),
    },
  ];
}

interface Peak {
  readonly at: string;
  readonly range: Range;
  /** Side on which labels have room. */
  readonly side: 'left' | 'right';
  /** Whether the line of at least runs on at this height there, so that its label goes below. */
  readonly flat: boolean;
}

function peakOf(days: readonly DayCell[]): Peak | null {
  let best = -1;
  days.forEach(({ range }, index) => {
    if (range !== null && range.atMost > (days[best]?.range?.atMost ?? 0)) best = index;
  });
  const day = days[best];
  if (day?.range == null) return null;
  const side = best > days.length / 2 ? 'left' : 'right';
  const neighbour = days[side === 'left' ? best - 1 : best + 1]?.range?.atLeast ?? 0;
  return { at: shortDay(day.day), range: day.range, side, flat: neighbour > 0.85 * day.range.atLeast };
}

function peakLabels({ at, range, side, flat }: Peak, { sure, text, halo }: Palette): object {
  const point = (value: number, label: string, color: string, position: readonly [number, number]) => ({
    coord: [at, value],
    symbol: 'circle',
    symbolSize: 1,
    itemStyle: { color: 'transparent' },
    label: {
      show: true,
      formatter: label,
      color,
      textBorderColor: halo,
      textBorderWidth: 4,
      position: [...position],
      align: side === 'right' ? 'left' : 'right',
    },
  });
  const offset = side === 'right' ? 8 : -8;
  const high = point(range.atMost, `at most ${formatCount(range.atMost)}`, text, [offset, -12]);
  const low = point(range.atLeast, `at least ${formatCount(range.atLeast)}`, sure, [offset, flat ? 10 : -4]);
  return { data: range.atLeast === range.atMost ? [high] : [high, low], silent: true };
}

const previousSeries = (days: readonly DayCell[], { quiet }: Palette): object => ({
  type: 'line',
  data: days.map(({ previous }) => (previous === null ? null : Math.round(middle(previous)))),
  showSymbol: false,
  lineStyle: { color: quiet, width: 1.5, type: [4, 4] },
  itemStyle: { color: quiet },
  z: 3,
});
