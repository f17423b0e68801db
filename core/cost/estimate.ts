/** What the stack costs: units of its work, times prices. */

import type { Config } from '../config.ts';
import { FALLBACK_REGION, type Item, PRICES, type Price } from './prices.ts';
import { fixedUnits, HOURLY, type Schedule, unitsPerMillion } from './work.ts';

export interface CostLine extends Price {
  readonly id: Item;
  /** Dollars that a million loads add, free tier spent. */
  readonly perMillion: number;
  /** Dollars a month without a load, free tier spent. */
  readonly fixed: number;
  readonly units: { readonly perMillion: number; readonly fixed: number };
}

export interface Cost {
  /** Whose prices were used. */
  readonly region: string;
  /** False where another region was asked for. */
  readonly isAsked: boolean;
  readonly lines: readonly CostLine[];
}

/** Prices the stack of a config in a region; in the fallback region where that one's prices are not known. */
export function estimateCost(config: Config, asked: string, schedule: Schedule = HOURLY): Cost {
  const region = asked in PRICES ? asked : FALLBACK_REGION;
  const prices = PRICES[region];
  if (prices === undefined) throw new Error(`core/cost/prices.ts has prices of ${FALLBACK_REGION}`);
  const fixed = fixedUnits(config, schedule);
  const perMillion = unitsPerMillion(config);
  const lines = (Object.keys(prices) as Item[]).map((id) => ({
    id,
    ...prices[id],
    fixed: fixed[id] * prices[id].usd,
    perMillion: perMillion[id] * prices[id].usd,
    units: { fixed: fixed[id], perMillion: perMillion[id] },
  }));
  return { region, isAsked: region === asked, lines };
}

/** Dollars of a month with so many million loads. */
export function monthlyCost({ lines }: Cost, millions: number, withFree: boolean): number {
  return lines.reduce((sum, { units, free, usd }) => {
    const used = units.fixed + units.perMillion * millions;
    return sum + Math.max(0, used - (withFree ? free : 0)) * usd;
  }, 0);
}

export const totalOf = ({ lines }: Cost, part: 'fixed' | 'perMillion'): number =>
  lines.reduce((sum, line) => sum + line[part], 0);
