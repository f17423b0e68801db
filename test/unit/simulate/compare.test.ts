import { describe, expect, test } from 'vitest';
import { compareCampaigns, compareLabels, countLabels, trueTotal } from '../../../local/simulate/compare.ts';
import type { TrueCampaign, Truth } from '../../../local/simulate/truth.ts';

const campaign = (id: string, unit: TrueCampaign['unit'], byDay: readonly number[]): TrueCampaign => ({
  id,
  medium: 'email',
  unit,
  audience: 100,
  looked: 0,
  copiesDisplayed: 0,
  optedOut: 0,
  lookedElsewhere: 0,
  displays: byDay.map((displays, day) => ({
    dt: `2026-11-0${day + 1}`,
    displays,
    atLeast: displays,
    atMost: displays,
  })),
});

const truth: Truth = {
  seed: 1,
  scenario: 'one',
  zone: 'UTC',
  from: '2026-11-01',
  until: '2026-11-03',
  lines: 5,
  campaigns: [campaign('sale', 'message', [5, 10, 20]), campaign('note', '', [7, 7, 7])],
  labels: {
    load_id: ['1', '-2', '3', '4', '5'],
    label: ['likely_human', 'automated', 'automated', 'automated', 'unknown'],
    cause: ['browser', 'disguised scanner', 'disguised scanner', 'crawler', 'opted out'],
  },
};
const period = { from: '2026-11-02', until: '2026-11-03' };

describe('campaigns against the truth', () => {
  test.each([
    { name: 'inside', atLeast: 25, atMost: 40, inside: true },
    { name: 'on the edge', atLeast: 30, atMost: 30, inside: true },
    { name: 'below', atLeast: 31, atMost: 40, inside: false },
    { name: 'above', atLeast: 10, atMost: 29, inside: false },
  ])('$name', ({ atLeast, atMost, inside }) => {
    const [sale] = compareCampaigns(truth, period, [{ campaign: 'sale', atLeast, atMost }]);
    expect(sale).toEqual({ campaign: 'sale', unit: 'message', truth: 30, atLeast, atMost, inside });
  });

  test('where only loads are counted, or nothing is reported, nothing is claimed', () => {
    const ranges = [{ campaign: 'note', atLeast: 0, atMost: 0 }];
    expect(compareCampaigns(truth, period, ranges).map(({ inside }) => inside)).toEqual([null, null]);
    expect(trueTotal(truth, period)).toBe(30);
  });
});

test('labels against the truth, with the most frequent mistake', () => {
  const loads = [
    { load_id: 1n, class: 'likely_human' },
    { load_id: -2n, class: 'likely_human' },
    { load_id: 3, class: 'likely_human' },
    { load_id: '4', class: 'automated' },
    { load_id: '5', class: 'invalid' },
    { load_id: '99', class: 'likely_human' },
  ];
  const table = compareLabels(countLabels(truth, loads));
  expect(table.filter((row) => row.loads > 0)).toEqual([
    { label: 'likely_human', loads: 3, right: 1, wrong: 2, mistake: 'disguised scanner', mistakes: 2 },
    { label: 'automated', loads: 1, right: 1, wrong: 0, mistake: null, mistakes: 0 },
  ]);
});
