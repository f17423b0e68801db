import { estimateCost, monthlyCost, totalOf } from '../../core/cost/estimate.ts';
import { dollars } from '../../core/cost/page.ts';
import { readSettings } from '../settings.ts';
import { EXIT, type Terminal } from '../terminal.ts';

export interface CostOptions {
  readonly config: string;
  readonly region: string;
  /** Loads a month. */
  readonly loads: number;
  readonly mergesPerDay: number;
}

/** Prices the stack that the config describes; asks nobody, so the prices are those of core/cost/prices.ts. */
export async function cost(options: CostOptions, terminal: Terminal): Promise<number> {
  const config = await readSettings(options.config);
  const found = estimateCost(config, options.region, { mergesPerDay: options.mergesPerDay });
  const millions = options.loads / 1e6;
  const month = {
    listed: monthlyCost(found, millions, false),
    withFreeTier: monthlyCost(found, millions, true),
  };
  if (terminal.json) {
    terminal.print(JSON.stringify({ ...found, loads: options.loads, month }));
    return EXIT.done;
  }
  if (!found.isAsked)
    terminal.warn(`no prices of ${options.region} are known here: these are those of ${found.region}`);
  const line = (item: string, perMillion: number, fixed: number): void =>
    terminal.print(`${item.padEnd(48)}${dollars(perMillion).padStart(14)}${dollars(fixed).padStart(14)}`);
  terminal.print(
    `${`US dollars, ${found.region}`.padEnd(48)}${'per million'.padStart(14)}${'per month'.padStart(14)}`,
  );
  for (const { item, perMillion, fixed } of found.lines)
    if (perMillion + fixed > 0) line(item, perMillion, fixed);
  line('together', totalOf(found, 'perMillion'), totalOf(found, 'fixed'));
  terminal.print(
    `\n${options.loads.toLocaleString('en-US')} loads a month: ${dollars(month.listed)}, ` +
      `or ${dollars(month.withFreeTier)} where the account's free tier is all yours`,
  );
  terminal.warn('list prices and assumptions: docs/cost.md says where each is from');
  return EXIT.done;
}
