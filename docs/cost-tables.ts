import { parseConfig } from '../core/config.ts';
import { estimateCost } from '../core/cost/estimate.ts';
import { costTables } from '../core/cost/page.ts';
import { FALLBACK_REGION } from '../core/cost/prices.ts';

/** What the page is about: every default, and a weekly report to one address. */
const USUAL = parseConfig({ report: { from: 'clearpixel@example.com', to: ['marketing@example.com'] } });
const BEGIN = '<!-- begin: npm run docs -->';
const END = '<!-- end -->';

/** The page with the tables between its marks written anew. */
export function replaceCost(page: string): string {
  const from = page.indexOf(BEGIN);
  const until = page.indexOf(END);
  if (from < 0 || until < from) throw new Error(`docs/cost.md holds ${BEGIN} and ${END}: put both back`);
  const tables = costTables(estimateCost(USUAL, FALLBACK_REGION));
  return `${page.slice(0, from)}${BEGIN}\n\n${tables}\n\n${page.slice(until)}`;
}
